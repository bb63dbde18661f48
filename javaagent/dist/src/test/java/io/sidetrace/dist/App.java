package io.sidetrace.dist;

/** An application that knows nothing of the agent. */
public final class App {

  private App() {}

  public static void main(String[] args) throws Exception {
    System.out.println("the application runs");
    if (args.length > 0 && args[0].equals("wait")) {
      System.in.read();
    }
    System.out.println("dispatcher: " + dispatcher());
  }

  private static String dispatcher() {
    try {
      return Class.forName("java.lang.SidetraceDispatcher", false, null).getModule().getName();
    } catch (ClassNotFoundException e) {
      return "none";
    }
  }
}
