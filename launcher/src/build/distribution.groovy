/*
 * Lays the distribution out in target/lodger. The feature files say which bundles there are; their versions are those of the
 * projects of this build, and for all others those that the parent manages.
 */
import groovy.json.JsonSlurper
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.util.jar.Attributes
import java.util.jar.JarFile
import java.util.jar.JarOutputStream
import java.util.jar.Manifest
import java.util.zip.ZipEntry
import org.eclipse.aether.RepositorySystem
import org.eclipse.aether.artifact.DefaultArtifact
import org.eclipse.aether.resolution.ArtifactRequest

/** A jar and the version it has. */
class Resolved {
    String version
    Path file
}

final Path home = project.basedir.toPath().resolve('target/lodger')
final Path library = home.resolve('lib')
final Path features = project.parent.basedir.toPath().resolve('features')

ofThisBuild = session.allProjects.collectEntries { [("${it.groupId}:${it.artifactId}".toString()): it] }
managed = project.dependencyManagement.dependencies.collectEntries { [("${it.groupId}:${it.artifactId}".toString()): it.version] }
repositories = session.container.lookup(RepositorySystem)

Resolved resolve(String name) {
    def own = ofThisBuild[name]
    if (own != null) {
        def jar = own.basedir.toPath().resolve("target/${own.build.finalName}.jar")
        if (!Files.exists(jar)) {
            throw new IllegalStateException("${jar} is missing: ${name} has to be packaged in this build or before it")
        }
        return new Resolved(version: own.version, file: jar)
    }
    def version = managed[name]
    if (version == null) {
        throw new IllegalStateException(
            "${name} stands in a feature, but is neither a project of this build nor in the parent's dependencyManagement")
    }
    def (group, artifact) = name.split(':')
    def request = new ArtifactRequest(new DefaultArtifact(group, artifact, 'jar', version), project.remoteProjectRepositories, null)
    new Resolved(version: version, file: repositories.resolveArtifact(session.repositorySession, request).artifact.file.toPath())
}

/** Copies a jar under the name that Maven repositories give it. */
String add(String name, Path folder) {
    def found = resolve(name)
    def file = "${name.split(':')[1]}-${found.version}.jar".toString()
    Files.copy(found.file, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING)
    file
}

void copyTree(Path from, Path to) {
    Files.walk(from).withCloseable { tree ->
        tree.sorted().filter { Files.isRegularFile(it) }.forEach { file ->
            def target = to.resolve(from.relativize(file).toString())
            Files.createDirectories(target.parent)
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES)
        }
    }
}

project.basedir.toPath().resolve('target/lodger').toFile().deleteDir()
Files.createDirectories(library)
Files.createDirectories(home.resolve('features'))
copyTree(project.basedir.toPath().resolve('src/main/distribution'), home)
['bin', 'libexec'].each { folder -> home.resolve(folder).toFile().eachFile { it.setExecutable(true, false) } }

// The features, with versions in place of the word that stands for them.
def classPath = new LinkedHashSet<String>()
classPath << 'io.lodger.launcher' + "-${project.version}.jar"
Files.copy(project.basedir.toPath().resolve("target/${project.build.finalName}.jar"), library.resolve(classPath[0]))
classPath << add('org.apache.felix:org.apache.felix.framework', library)
classPath << add('org.osgi:org.osgi.service.log', library)
features.toFile().listFiles().findAll { it.name.endsWith('.json') }.sort().each { file ->
    def text = file.getText('UTF-8')
    new JsonSlurper().parseText(text).bundles.each { bundle ->
        def name = bundle.id.substring(0, bundle.id.lastIndexOf(':'))
        if (bundle.id != name + ':${version}') {
            throw new IllegalStateException("${file.name}: ${bundle.id} is to be ${name}:\${version}; versions stand in the poms")
        }
        classPath << add(name, library)
        text = text.replace('"' + bundle.id + '"', '"' + name + ':' + resolve(name).version + '"')
    }
    home.resolve("features/${file.name}").toFile().setText(text.replace('${version}', project.version), 'UTF-8')
}

// The host's tool, and beside it the jars that its manifest names.
String hostTool = "io.lodger.ctl-${project.version}.jar"
def needed = new JarFile(resolve('io.lodger:io.lodger.ctl').file.toFile()).withCloseable {
    it.manifest.mainAttributes.getValue(Attributes.Name.CLASS_PATH).split(' ').toList() + hostTool
}
project.artifacts.each { artifact ->
    def file = "${artifact.artifactId}-${artifact.version}.jar".toString()
    if (file in needed) {
        Files.copy(artifact.file.toPath(), library.resolve(file == hostTool ? 'lodgerctl.jar' : file), StandardCopyOption.REPLACE_EXISTING)
    }
}

// The class path in a manifest: in this order for ever, whatever the folder is called, as the class-data archive needs it.
def manifest = new Manifest()
manifest.mainAttributes[Attributes.Name.MANIFEST_VERSION] = '1.0'
manifest.mainAttributes[Attributes.Name.MAIN_CLASS] = 'io.lodger.launcher.Main'
manifest.mainAttributes[Attributes.Name.CLASS_PATH] = classPath.join(' ')
manifest.mainAttributes[new Attributes.Name('Enable-Native-Access')] = 'ALL-UNNAMED'
library.resolve('lodger.jar').toFile().withOutputStream { output ->
    new JarOutputStream(output).withCloseable { jar ->
        def entry = new ZipEntry(JarFile.MANIFEST_NAME)
        entry.time = 0
        jar.putNextEntry(entry)
        manifest.write(jar)
        jar.closeEntry()
    }
}

// JNA's native half for the 64-bit machines that JREs exist for.
def jna = library.toFile().listFiles().find { it.name.startsWith('jna-') }
new JarFile(jna).withCloseable { jar ->
    jar.stream().filter { it.name ==~ 'com/sun/jna/linux-(x86-64|aarch64|ppc64le|s390x|riscv64|loongarch64)/.*\\.so' }.forEach { entry ->
        def target = library.resolve('native').resolve(entry.name.substring('com/sun/jna/'.length()))
        Files.createDirectories(target.parent)
        jar.getInputStream(entry).withCloseable { Files.copy(it, target) }
    }
}

def made = [home.resolve('libexec/make-archive').toString()].execute()
def said = new StringBuilder()
made.waitForProcessOutput(said, said)
if (made.exitValue() != 0) {
    throw new IllegalStateException("the class-data archive could not be made: ${said}")
}
