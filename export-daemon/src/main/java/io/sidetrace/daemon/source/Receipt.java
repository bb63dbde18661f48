package io.sidetrace.daemon.source;

/** How the holder of a delivery tells its source what became of it: one call, from any thread. */
public interface Receipt {

  /** Exported, dead-lettered or filtered: the source may remove it. */
  void settled();

  /** Nobody could take it. The source keeps it and delivers it again, but not at once. */
  void returned(Again when);
}
