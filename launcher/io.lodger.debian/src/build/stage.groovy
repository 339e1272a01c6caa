/*
 * Lays out in target/<package> what the three packages consist of: root, the files under the names that they have when they are
 * installed, and control, the control files. jdeb makes packages of them.
 */
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.nio.file.StandardOpenOption
import java.time.OffsetDateTime
import java.time.format.DateTimeFormatter

final Path module = project.basedir.toPath()
final Path target = module.resolve('target')
final Path distribution = module.resolve('../target/lodger').normalize()
final Path files = module.resolve('src/main/files')

/**
 * Modules that are asked for only by what a guest doesn't use of these jars: JDBC's types in JSON, windows, terminals on the web,
 * signing.
 */
final Map<String, List<String>> notNeeded = [
    'lodgerctl': ['jdk.jartool'],
    'gson': ['java.sql'],
    'jna': ['java.desktop'],
    'jline': ['java.desktop', 'java.management', 'jdk.httpserver']]

/** Debian's names of the architectures that a runtime can be made for: the one of this build. */
final Map<String, String> architectures = [
    amd64: 'amd64', aarch64: 'arm64', ppc64le: 'ppc64el', s390x: 's390x', riscv64: 'riscv64', loongarch64: 'loong64']
/** The names that JNA has for them. */
final Map<String, String> natives = [
    amd64: 'x86-64', aarch64: 'aarch64', ppc64le: 'ppc64le', s390x: 's390x', riscv64: 'riscv64', loongarch64: 'loongarch64']

// As Debian writes it: a snapshot comes before its release.
def version = System.getenv('DEBVERSION') ?: project.version.replace('-SNAPSHOT', '~SNAPSHOT')
def machine = System.getProperty('os.arch')
project.properties['debian.version'] = version
project.properties['debian.architecture'] = architectures[machine] ?: machine

void copy(Path from, Path to) {
    Files.createDirectories(to.parent)
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING)
}

void copyTree(Path from, Path to) {
    Files.walk(from).withCloseable { tree ->
        tree.filter { Files.isRegularFile(it) }.forEach { copy(it, to.resolve(from.relativize(it).toString())) }
    }
}

/** Without a name and a time, and with all effort: Debian's policy asks for that. */
void compress(String text, Path to) {
    Files.createDirectories(to.parent)
    def gzip = new ProcessBuilder('gzip', '-9', '--no-name').redirectOutput(to.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT).start()
    gzip.outputStream.withCloseable { it.write(text.getBytes('UTF-8')) }
    if (gzip.waitFor() != 0) {
        throw new IllegalStateException("gzip has failed for ${to}")
    }
}

/** Runs one of the JDK's programs, as a process of its own: jlink writes other bytes in a virtual machine that has run before. */
String run(String tool, Object... words) {
    def command = [Path.of(System.getProperty('java.home'), 'bin', tool).toString()] + words*.toString()
    def process = new ProcessBuilder(command).redirectErrorStream(true).start()
    def output = process.inputStream.getText('UTF-8')
    if (process.waitFor() != 0) {
        throw new IllegalStateException("${command.join(' ')} has failed:\n${output}")
    }
    output
}

def filled = { String name, String pack ->
    Files.readString(files.resolve(name)).replace('@package@', pack).replace('@version@', version)
        .replace('@maintainer@', project.properties['maintainer'])
        .replace('@date@', DateTimeFormatter.ofPattern('EEE, dd MMM yyyy HH:mm:ss Z', Locale.ENGLISH)
            .format(OffsetDateTime.parse(project.properties['project.build.outputTimestamp'])))
}

/** What every package has: its control files, changelog, copyright and manual page. */
def common = { String pack, String page ->
    target.resolve(pack).toFile().deleteDir()
    def control = target.resolve("${pack}/control")
    copyTree(module.resolve("src/main/control/${pack}"), control)
    def root = target.resolve("${pack}/root")
    def share = root.resolve('usr/share')
    compress(filled('changelog', pack), share.resolve("doc/${pack}/changelog.gz"))
    copy(files.resolve('copyright'), share.resolve("doc/${pack}/copyright"))
    copy(files.resolve("${pack}.lintian-overrides"), share.resolve("lintian/overrides/${pack}"))
    compress(filled(page, pack), share.resolve("man/man${page[-1]}/${page}.gz"))
    root
}

/** What both packages of the agent have. */
def agent = { String pack ->
    def root = common(pack, 'lodger.8')
    copyTree(module.resolve('src/main/control/agent'), target.resolve("${pack}/control"))
    def home = root.resolve('usr/lib/lodger')
    ['bin', 'features', 'lib', 'libexec'].each { copyTree(distribution.resolve(it), home.resolve(it)) }
    // The archive of the build fits this machine only.
    Files.delete(home.resolve('lib/lodger.jsa'))
    def system = root.resolve('usr/lib/systemd/system')
    copy(files.resolve('lodger.service'), system.resolve('lodger.service'))
    copy(files.resolve('qemu-guest-agent.conf'), system.resolve('qemu-guest-agent.service.d/lodger.conf'))
    copy(files.resolve('70-lodger.rules'), root.resolve('usr/lib/udev/rules.d/70-lodger.rules'))
    copy(files.resolve('confined.conf'), root.resolve("usr/share/doc/${pack}/examples/confined.conf"))
    def configuration = root.resolve('etc/lodger/lodger.conf')
    copy(distribution.resolve('etc/lodger.conf'), configuration)
    def text = Files.readString(configuration)
    def inherited = '#statedir=/var/run\n'
    if (!text.contains(inherited)) {
        throw new IllegalStateException("lodger.conf has no line ${inherited}")
    }
    def store = '#bundle-store=/var/lib/lodger\n'
    if (!text.contains(store)) {
        throw new IllegalStateException("lodger.conf has no line ${store}")
    }
    // State doesn't outlive the boot there, and what is added to the agent is to.
    Files.writeString(configuration, text.replace(inherited, 'statedir=/run/lodger\n').replace(store, store.substring(1)))
    copy(files.resolve('default'), root.resolve('etc/default/lodger'))
    root
}

agent('lodger')

def tool = common('lodgerctl', 'lodgerctl.1')
def ownHome = tool.resolve('usr/share/lodgerctl')
['bin/lodgerctl', 'libexec/java.sh', 'lib/lodgerctl.jar'].each { copy(distribution.resolve(it), ownHome.resolve(it)) }
['gson', 'picocli', 'jline'].each { name ->
    distribution.resolve('lib').toFile().listFiles().findAll { it.name.startsWith("${name}-") }.each {
        copy(it.toPath(), ownHome.resolve("lib/${it.name}"))
    }
}

def own = agent('lodger-jre')
def home = own.resolve('usr/lib/lodger')
home.resolve('lib/native').toFile().listFiles().findAll { it.name != "linux-${natives[machine]}" }.each { it.deleteDir() }
def jars = distribution.resolve('lib').toFile().listFiles().findAll { it.name.endsWith('.jar') && it.name != 'lodger.jar' }.sort()
// jdeps can't see providers of services: without this one no signature by an EC key can be checked.
def modules = new TreeSet<String>(['jdk.crypto.ec'])
jars.each { jar ->
    def omitted = notNeeded.find { jar.name ==~ /${it.key}(-[0-9].*|\.jar)/ }?.value ?: []
    run('jdeps', '-s', '--multi-release', '17', '--ignore-missing-deps', jar).readLines().each { line ->
        def module_ = line.substring(line.indexOf('->') + 2).trim()
        if (module_ ==~ /(java|jdk)\..*/ && !(module_ in omitted)) {
            modules << module_
        }
    }
}
log.info("The runtime's modules: ${modules.join(', ')}")
// Compressed: what the agent's start needs comes out of its archive. Made anew only for other modules or another Java.
def linked = target.resolve("runtime-${System.getProperty('java.vm.version')}-${modules.join('-')}")
if (!Files.exists(linked)) {
    run('jlink', '--add-modules', modules.join(','), '--strip-debug', '--no-man-pages', '--no-header-files', '--compress=2',
        '--output', linked)
}
copyTree(linked, home.resolve('jre'))
def documents = own.resolve('usr/share/doc/lodger-jre')
copyTree(home.resolve('jre/legal'), documents.resolve('legal'))
home.resolve('jre/legal').toFile().deleteDir()
Files.writeString(documents.resolve('copyright'), Files.readString(files.resolve('copyright.jre')), StandardOpenOption.APPEND)
