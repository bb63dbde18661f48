package io.sidetrace.agent.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Weaves the methods of one class file that rules name. A pure function of its arguments. */
final class ClassWeaver {

  private static final int HIGHEST_LOCAL = 65_535;

  private ClassWeaver() {}

  /**
   * @param rules all for this class; several may name one method, the first is then outermost
   * @return the woven class, or the original's absence with the reasons; never a half-woven one
   */
  static Woven weave(byte[] classFile, List<NumberedRule> rules) {
    try {
      var reader = new ClassReader(classFile);
      int version = reader.readUnsignedShort(6);
      if (version < Opcodes.V1_6 || (version == Opcodes.V1_6 && !Java6Check.passes(reader))) {
        return Woven.refused(
            "its class file version "
                + version
                + " has no invokedynamic; 51, Java 7, is the first, or 50 with all its frames");
      }
      var survey = new ClassSurvey(rules);
      reader.accept(survey, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      if (survey.found.isEmpty()) {
        return new Woven(null, List.of(), survey.refusals);
      }
      var writer = new Writer(reader);
      var pass = new WeavingPass(writer, survey);
      reader.accept(pass, ClassReader.EXPAND_FRAMES);
      byte[] bytes = pass.woven.isEmpty() ? null : writer.toByteArray();
      return new Woven(bytes, pass.woven, survey.refusals);
    } catch (RuntimeException e) {
      // ASM says by exceptions that a class file is too new, a method too large or the bytes are
      // none.
      return Woven.refused("it cannot be rewritten: " + e);
    }
  }

  private static final class WeavingPass extends ClassVisitor {
    final List<String> woven = new ArrayList<>();
    private final ClassSurvey survey;

    WeavingPass(ClassVisitor next, ClassSurvey survey) {
      super(Opcodes.ASM9, next);
      this.survey = survey;
    }

    /** A class of Java 6 becomes one of Java 7, see {@link Java6Check}. */
    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      int atLeast = (version & 0xffff) < Opcodes.V1_7 ? Opcodes.V1_7 : version;
      super.visit(atLeast, access, name, signature, superName, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
      ClassSurvey.Found found = survey.found.get(name + descriptor);
      if (found == null) {
        return method;
      }
      int locals = found.maxLocals + found.rules.size();
      if (locals > HIGHEST_LOCAL) {
        survey.refusals.add(Rule.readable(name + descriptor) + " has no local left for the token");
        return method;
      }
      // The visitor next to the writer sees what the others added, and so their locals.
      for (NumberedRule rule : found.rules) {
        locals--;
        method = new MethodWeaver(method, access, descriptor, rule.rule(), rule.number(), locals);
      }
      woven.add(Rule.readable(name + descriptor));
      return method;
    }
  }

  /** Frames are copied, never computed, so no class is loaded to find a common supertype. */
  private static final class Writer extends ClassWriter {

    Writer(ClassReader reader) {
      super(reader, 0);
    }

    @Override
    protected String getCommonSuperClass(String first, String second) {
      throw new IllegalStateException("frames are needed for " + first + " and " + second);
    }
  }
}
