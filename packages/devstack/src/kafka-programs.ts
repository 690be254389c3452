import { createHash } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cachedPath, fetchOnce } from './cache.ts'
import { stackFault } from './fault.ts'
import { findJava, type Java } from './java.ts'
import { type Report, timed } from './report.ts'
import { findOnPath, lastLines, runCommand } from './run-command.ts'
import { versions } from './versions.ts'

/** What it takes to run a class of Kafka. */
export interface KafkaPrograms {
  java: Java
  classPath: string
  /** AppCDS archive that halves the start, when one was made for this runtime. */
  archive: string | undefined
  origin: 'path' | 'maven'
}

const dependency = (groupId: string, artifactId: string, version: string): string =>
  `<dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version></dependency>`

const pom = (): string =>
  `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>` +
  `<groupId>linghang</groupId><artifactId>kafka-for-laptops</artifactId><version>1</version><packaging>pom</packaging>` +
  `<dependencies>${dependency('org.apache.kafka', `kafka_${versions.kafkaScala}`, versions.kafka)}` +
  `${dependency('org.apache.logging.log4j', 'log4j-slf4j-impl', versions.log4j)}</dependencies></project>\n`

const copyJars = async (folder: string, java: Java): Promise<void> => {
  const maven = findOnPath('mvn')
  const problem = maven ? await runMaven(maven, folder, java) : 'mvn is not on PATH'
  if (problem === undefined) return
  throw stackFault('FETCH_FAILED', {
    zh: `无法用 Maven 取得 Kafka ${versions.kafka}：${problem}`,
    en: `Kafka ${versions.kafka} could not be fetched with Maven (reason above): check the network and that mvn is installed, or put kafka-server-start.sh on PATH, or set LINGHANG_KAFKA_BROKERS.`,
  })
}

const runMaven = async (maven: string, folder: string, java: Java): Promise<string | undefined> => {
  await writeFile(join(folder, 'pom.xml'), pom())
  const goals = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${join(folder, 'lib')}`]
  const result = await runCommand(maven, ['-q', '-B', '-ntp', '-f', join(folder, 'pom.xml'), ...goals], {
    timeoutMs: 900_000,
    ...(java.home === undefined ? {} : { env: { JAVA_HOME: java.home } }),
  })
  return result.code === 0 ? undefined : lastLines(result.stdout + result.stderr, 4)
}

/** The jars of a Kafka whose start script is on PATH. */
const jarsOnPath = async (): Promise<string[] | undefined> => {
  const script = findOnPath('kafka-server-start.sh') ?? findOnPath('kafka-server-start')
  if (!script) return undefined
  const folder = join(dirname(dirname(realpathSync(script))), 'libs')
  const names = existsSync(folder) ? await readdir(folder) : []
  // Its own configuration and storage format have to be those of our version.
  const right = names.includes(`kafka_${versions.kafkaScala}-${versions.kafka}.jar`)
  return right ? names.filter(name => name.endsWith('.jar')).map(name => join(folder, name)) : undefined
}

const jarsOfMaven = async (java: Java, report: Report): Promise<string[]> => {
  const folder = await fetchOnce(`kafka-${versions.kafka}`, inner =>
    timed(report, 'kafka', `fetch ${versions.kafka} with Maven (about 45 MB)`, () => copyJars(inner, java)),
  )
  const lib = join(folder, 'lib')
  return (await readdir(lib)).filter(name => name.endsWith('.jar')).map(name => join(lib, name))
}

/** An archive fits one runtime and one class path only. */
const archivePath = (java: Java, classPath: string): string => {
  const fingerprint = createHash('sha256').update(java.version).update(java.command).update(classPath).digest('hex')
  return join(cachedPath('kafka-archives'), `${versions.kafka}-${fingerprint.slice(0, 16)}.jsa`)
}

/**
 * Finds Kafka: the one on PATH when it is our version, this user's cache, Maven.
 *
 * @throws JAVA_TOO_OLD, JAVA_MISSING, FETCH_FAILED
 */
export const findKafka = async (report: Report): Promise<KafkaPrograms> => {
  const java = await findJava(report)
  const onPath = await jarsOnPath()
  const jars = onPath ?? (await jarsOfMaven(java, report))
  // Sorted, because the archive of classes is only accepted for the very same class path.
  const classPath = jars.sort().join(':')
  const archive = archivePath(java, classPath)
  return { java, classPath, archive: existsSync(archive) ? archive : undefined, origin: onPath ? 'path' : 'maven' }
}

/**
 * Whether an archive has still to be made. Some runtimes cannot dump one (those without a base archive of their own):
 * that is tried once, and Kafka then starts without.
 */
export const wantsArchive = ({ java, classPath, archive }: KafkaPrograms): boolean =>
  archive === undefined && !existsSync(`${archivePath(java, classPath)}.impossible`)

/**
 * Makes the AppCDS archive for this runtime when there is none yet.
 *
 * @param rehearse starts and ends a broker in the folder given, with the extra JVM flags given
 */
export const ensureArchive = async (
  programs: KafkaPrograms,
  rehearse: (stateDir: string, jvmFlags: string[]) => Promise<void>,
): Promise<KafkaPrograms> => {
  const target = archivePath(programs.java, programs.classPath)
  await mkdir(dirname(target), { recursive: true })
  const stateDir = await mkdtemp(join(tmpdir(), 'linghang-kafka-'))
  const incoming = `${target}.${process.pid}`
  try {
    await rehearse(stateDir, [`-XX:ArchiveClassesAtExit=${incoming}`])
    if (existsSync(incoming)) await rename(incoming, target)
    else await writeFile(`${target}.impossible`, '')
  } finally {
    await rm(incoming, { force: true })
    await rm(stateDir, { recursive: true, force: true })
  }
  return { ...programs, archive: existsSync(target) ? target : undefined }
}
