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
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.frameflow.architecture.Modules.CLI;
import static io.frameflow.architecture.Modules.DOOR;
import static io.frameflow.architecture.Modules.JOB;
import static io.frameflow.architecture.Modules.NATIVE;
import static io.frameflow.architecture.Modules.OPERATORS;
import static io.frameflow.architecture.Modules.SCHEMAS;
import static io.frameflow.architecture.Modules.join;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The directions between modules and packages: schemas, native, operators, job, command line. */
@AnalyzeClasses(packages = "io.frameflow", importOptions = ProductionCode.class)
class ModuleArchitectureTest {
    private static final String[] JAVA = {"java..", "org.jspecify.annotations"};

    @ArchTest
    static final ArchRule EVERY_CLASS_BELONGS_TO_A_MODULE =
            classes()
                    .should()
                    .resideInAnyPackage(join(SCHEMAS, NATIVE, OPERATORS, JOB, CLI))
                    .because("a package without a module escapes the rules of this test");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLES =
            slices().matching("io.frameflow.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule SCHEMAS_KNOW_ONLY_AVRO =
            classes()
                    .that()
                    .resideInAnyPackage(SCHEMAS)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(join(JAVA, SCHEMAS, new String[] {"org.apache.avro.."}));

    @ArchTest
    static final ArchRule NATIVE_KNOWS_NEITHER_FLINK_NOR_KAFKA_NOR_RECORDS =
            classes()
                    .that()
                    .resideInAnyPackage(NATIVE)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            join(
                                    JAVA,
                                    NATIVE,
                                    new String[] {
                                        "ai.onnxruntime..",
                                        "javax.imageio..",
                                        "org.bytedeco..",
                                        "org.slf4j..",
                                        "org.snakeyaml.engine.."
                                    }));

    @ArchTest
    static final ArchRule OPERATORS_SEE_NATIVE_THROUGH_ITS_DOOR =
            classes()
                    .that()
                    .resideInAnyPackage(OPERATORS)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            join(
                                    JAVA,
                                    SCHEMAS,
                                    DOOR,
                                    OPERATORS,
                                    new String[] {
                                        "org.apache.avro..", "org.apache.flink..", "org.slf4j.."
                                    }));

    @ArchTest
    static final ArchRule OPERATORS_KNOW_NO_CONNECTOR =
            noClasses()
                    .that()
                    .resideInAnyPackage(OPERATORS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.flink.connector..");

    @ArchTest
    static final ArchRule NOTHING_BELOW_KNOWS_THE_JOB =
            noClasses()
                    .that()
                    .resideInAnyPackage(join(SCHEMAS, NATIVE, OPERATORS))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(join(JOB, CLI));

    @ArchTest
    static final ArchRule NOTHING_KNOWS_THE_COMMAND_LINE =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(CLI)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(join(CLI, new String[] {"picocli.."}));

    @ArchTest
    static final ArchRule THE_TRACKER_IS_PLAIN_JAVA =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.frameflow.operators.tracking.*..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.flink..", "io.frameflow.schema..")
                    .because("it is used and tested without a job");
}
