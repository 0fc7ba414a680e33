/*
 * Copyright 2026 The Frameflow Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package io.frameflow.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.ObjectInputStream;
import org.jspecify.annotations.NullMarked;

/** Where libraries may be used, and what holds for every class. */
@AnalyzeClasses(packages = "io.frameflow", importOptions = ProductionCode.class)
class LibraryArchitectureTest {

    @ArchTest
    static final ArchRule NATIVE_LIBRARIES_STAY_IN_THEIR_FENCE =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.frameflow.cuda..",
                            "io.frameflow.decode.gpu..",
                            "io.frameflow.encode.gpu..",
                            "io.frameflow.engine.tensorrt..",
                            "io.frameflow.cli.video..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule THE_CARD_IS_NOT_FOR_THE_COMMAND_LINE =
            noClasses()
                    .that()
                    .resideInAPackage("io.frameflow.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.bytedeco.cuda..",
                            "org.bytedeco.tensorrt..",
                            "io.frameflow.cuda..");

    @ArchTest
    static final ArchRule ONNX_RUNTIME_IS_BEHIND_ITS_ENGINE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.frameflow.engine.onnx..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule ENGINES_ARE_CHOSEN_BY_THE_PIPELINE =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.frameflow.engine.onnx..",
                            "io.frameflow.engine.tensorrt..",
                            "io.frameflow.pipeline..",
                            "io.frameflow.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.frameflow.engine.onnx..", "io.frameflow.engine.tensorrt..");

    @ArchTest
    static final ArchRule ENGINES_ARE_NEVER_BUILT_IN_A_TASK =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.frameflow.engine.tensorrt.build..",
                            "io.frameflow.engine.tensorrt.bench..",
                            "io.frameflow.engine.tensorrt.calibrate..",
                            "io.frameflow.pipeline.bench..",
                            "io.frameflow.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.frameflow.engine.tensorrt.build..",
                            "io.frameflow.engine.tensorrt.bench..",
                            "io.frameflow.engine.tensorrt.calibrate..",
                            "io.frameflow.pipeline.bench..");

    @ArchTest
    static final ArchRule KAFKA_IS_AT_THE_ENDS =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.frameflow.job.kafka", "io.frameflow.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector.kafka..");

    @ArchTest
    static final ArchRule FLINKS_RUNTIME_IS_FOR_OPERATORS =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.frameflow.job..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.flink.runtime..");

    @ArchTest
    static final ArchRule NOTHING_READS_SERIALIZED_OBJECTS =
            noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);

    @ArchTest
    static final ArchRule ONLY_ENTRY_POINTS_PRINT =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.frameflow.cli..")
                    .and()
                    .doNotHaveFullyQualifiedName("io.frameflow.job.FrameflowJob")
                    .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule LOGS_GO_THROUGH_SLF4J =
            GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule EVERY_PACKAGE_SAYS_WHAT_IT_IS =
            classes()
                    .that()
                    .doNotHaveSimpleName("package-info")
                    .and()
                    .resideOutsideOfPackage("io.frameflow.schema")
                    .should(beInPackageMarkedForNullness());

    private static ArchCondition<JavaClass> beInPackageMarkedForNullness() {
        return new ArchCondition<>("be in a package with a package-info.java that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                JavaPackage owner = type.getPackage();
                boolean marked =
                        owner.tryGetPackageInfo()
                                .map(info -> info.isAnnotatedWith(NullMarked.class))
                                .orElse(false);
                events.add(
                        new SimpleConditionEvent(
                                type, marked, type.getName() + " is in " + owner.getName()));
            }
        };
    }
}
