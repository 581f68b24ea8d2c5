package dev.vlm4j.conformance;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The borders between modules and packages, read from the compiled classes of the whole product.
 */
class ArchitectureRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.vlm4j");

  private static final String[] API = {
    "dev.vlm4j.api",
    "dev.vlm4j.graph",
    "dev.vlm4j.graph.op",
    "dev.vlm4j.graph.nn",
    "dev.vlm4j.spi",
    "dev.vlm4j.error"
  };
  private static final String[] ENGINES = {"ai.onnxruntime..", "ai.djl..", "org.tensorflow.."};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.vlm4j.graph",
        "dev.vlm4j.backend.reference",
        "dev.vlm4j.backend.onnxruntime",
        "dev.vlm4j.backend.djl",
        "dev.vlm4j.backend.tensorflow",
        "dev.vlm4j.models",
        "dev.vlm4j.zoo"
      })
  void examinesTheClassesOfEveryModule(String root) {
    assertThat(CLASSES)
        .filteredOn(type -> isIn(type, root) && !type.getSimpleName().equals("package-info"))
        .isNotEmpty();
  }

  @Test
  void apiUsesTheJdkAndNullnessAnnotationsOnly() {
    classes()
        .that()
        .resideInAnyPackage(API)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(API).or(resideInAnyPackage("java..", "javax..", "org.jspecify..")))
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "onnxruntime", "djl", "tensorflow"})
  void backendsSeeNothingOfTheProductButTheApi(String name) {
    String own = "dev.vlm4j.backend." + name + "..";
    noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.vlm4j..")
                .and(not(resideInAnyPackage(API).or(resideInAPackage(own)))))
        .check(CLASSES);
  }

  @Test
  void modelsSeeNothingOfTheProductButTheApi() {
    classes()
        .that()
        .resideInAPackage("dev.vlm4j.models..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(API)
                .or(
                    resideInAnyPackage(
                        "dev.vlm4j.models..", "java..", "javax..", "org.jspecify..")))
        .check(CLASSES);
  }

  @Test
  void architecturesShareTowersAndImageCodeOnly() {
    DescribedPredicate<JavaClass> shared =
        resideInAnyPackage("dev.vlm4j.models.towers..", "dev.vlm4j.models.image..");
    SlicesRuleDefinition.slices()
        .matching("dev.vlm4j.models.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(DescribedPredicate.alwaysTrue(), shared)
        .allowEmptyShould(false)
        .check(CLASSES);
  }

  @Test
  void zooKnowsModelsAndBackendsThroughTheApiOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.vlm4j.zoo..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.vlm4j.models..", "dev.vlm4j.backend..")
        .check(CLASSES);
  }

  @Test
  void enginesStayInTheirBackends() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.vlm4j.backend..", "dev.vlm4j.zoo..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ENGINES)
        .check(CLASSES);
  }

  @Test
  void zooUsesNothingOfDjlButTheTokenizers() {
    noClasses()
        .that()
        .resideInAPackage("dev.vlm4j.zoo..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(ENGINES).and(not(resideInAPackage("ai.djl.huggingface.."))))
        .check(CLASSES);
  }

  @Test
  void guiceAndJacksonLiveInTheZooOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.vlm4j.zoo..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.google.inject..", "com.google.common..", "jakarta.inject..", "com.fasterxml..")
        .check(CLASSES);
  }

  @Test
  void guiceAppearsInNoPublicSignature() {
    classes()
        .that()
        .arePublic()
        .and()
        .resideInAPackage("dev.vlm4j..")
        .should(hideFromPublicSignatures("com.google.inject.."))
        .check(CLASSES);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helper|Manager)(\\$.*)?")
        .because("such a name says nothing about what the class is for")
        .check(CLASSES);
  }

  @Test
  void everyPackageBelongsToOneModule() {
    Map<String, Set<String>> modules = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      modules.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>()).add(originOf(type));
    }
    assertThat(modules).isNotEmpty().allSatisfy((name, origins) -> assertThat(origins).hasSize(1));
  }

  private static boolean isIn(JavaClass type, String root) {
    return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
  }

  /** The jar or class folder that a class was read from. */
  private static String originOf(JavaClass type) {
    URI source = type.getSource().orElseThrow().getUri();
    String file = type.getName().replace('.', '/') + ".class";
    assertThat(source.toString()).endsWith(file);
    return source.toString().substring(0, source.toString().length() - file.length());
  }

  private static ArchCondition<JavaClass> hideFromPublicSignatures(String packageIdentifier) {
    DescribedPredicate<JavaClass> hidden = resideInAPackage(packageIdentifier);
    return new ArchCondition<>("hide " + packageIdentifier + " from public signatures") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaMember member : type.getMembers()) {
          if (isVisible(member) && typesOf(member).anyMatch(hidden)) {
            events.add(SimpleConditionEvent.violated(member, member.getDescription()));
          }
        }
        Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
            .filter(hidden)
            .forEach(
                parent ->
                    events.add(
                        SimpleConditionEvent.violated(
                            type, type.getName() + " extends " + parent.getName())));
      }
    };
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaClass> typesOf(JavaMember member) {
    Stream<JavaClass> types =
        member instanceof JavaCodeUnit unit
            ? Stream.concat(
                unit.getReturnType().getAllInvolvedRawTypes().stream(),
                unit.getParameterTypes().stream()
                    .flatMap(type -> type.getAllInvolvedRawTypes().stream()))
            : member.getAllInvolvedRawTypes().stream();
    Stream<JavaClass> annotations =
        member.getAnnotations().stream().map(annotation -> annotation.getRawType());
    return Stream.concat(types, annotations);
  }
}
