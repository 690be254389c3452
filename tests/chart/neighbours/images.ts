import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  fetchOnce,
  findKafka,
  findOnPath,
  findPostgres,
  findTemporal,
  lastLines,
  runCommand,
  versions,
} from '@linghang/devstack'
import { writeImage } from '../node/archive.ts'
import { baseLayer, debianLayer } from '../node/images.ts'
import { copyPackages } from './modules.ts'

/** What stands beside the platform in the cluster of the tests; each is an image of its own. */
export const neighbourImages = {
  postgres: 'linghang.test/postgres:1',
  kafka: 'linghang.test/kafka:1',
  temporal: 'linghang.test/temporal:1',
  /** The identity provider and the payment sandbox: programs of this checkout. */
  sandbox: 'linghang.test/sandbox:1',
} as const

const root = fileURLToPath(new URL('../../..', import.meta.url))
const fetchTimeoutMs = 300_000
/** What Kafka's classes need of Java. */
const javaModules = [
  // Log4j listens to changes of its settings with a class of java.desktop.
  ...['java.base', 'java.desktop', 'java.logging', 'java.management', 'java.naming', 'java.net.http', 'java.rmi'],
  ...[
    'java.security.jgss',
    'java.security.sasl',
    'java.sql',
    'java.xml',
    'jdk.crypto.ec',
    'jdk.management',
    'jdk.unsupported',
  ],
]

const silent = (): void => undefined

/** A shell: the programs of the base need a line or two before they begin. */
const shellLayer = (): Promise<string> =>
  debianLayer('image-shell-debian-1', ['busybox-static'], async folder => {
    await rm(join(folder, 'usr'), { recursive: true })
    for (const name of ['sh', 'cat', 'mkdir', 'chmod']) await symlink('busybox', join(folder, 'bin', name))
  })

/** A Java runtime cut down to what Kafka needs, made by the machine's own `jlink`. */
const javaLayer = (): Promise<string> =>
  fetchOnce(`image-java-${versions.javaMinimum}-2`, async folder => {
    const jlink = findOnPath('jlink')
    if (!jlink) throw new Error('找不到 jlink：请安装 JDK 17。 jlink is not on PATH: install a JDK 17.')
    const flags = ['--strip-debug', '--no-header-files', '--no-man-pages', '--output', join(folder, 'opt/java')]
    await mkdir(join(folder, 'opt'))
    const made = await runCommand(jlink, ['--add-modules', javaModules.join(), ...flags], { timeoutMs: fetchTimeoutMs })
    if (made.code !== 0) throw new Error(`jlink: ${lastLines(made.stdout + made.stderr, 3)}`)
  })

const copied = async (into: string, files: readonly (readonly [from: string, to: string])[]): Promise<void> => {
  for (const [from, to] of files) {
    await mkdir(dirname(join(into, to)), { recursive: true })
    await cp(from, join(into, to), { recursive: true, verbatimSymlinks: true })
  }
}

/** What is peculiar to each image, above base and shell. */
const fill = {
  postgres: async (folder: string) => copied(folder, [[(await findPostgres()).home, 'opt/postgres']]),
  kafka: async (folder: string) => {
    const { classPath } = await findKafka(silent)
    await copied(
      folder,
      classPath.split(':').map(jar => [jar, join('opt/kafka', basename(jar))] as const),
    )
  },
  temporal: async (folder: string) => copied(folder, [[await findTemporal(silent), 'usr/local/bin/temporal']]),
  sandbox: async (folder: string) => {
    await copied(folder, [
      [process.execPath, 'usr/local/bin/node'],
      [join(root, 'packages/devstack/src'), 'app/packages/devstack/src'],
      [join(root, 'packages/devstack/package.json'), 'app/packages/devstack/package.json'],
    ])
    await copyPackages(['oidc-provider', 'jose'], root, join(folder, 'app'))
  },
}

/** What the images but the checkout's own are made of, in short. */
const fingerprint = async (): Promise<string> => {
  const { origin, home } = await findPostgres()
  const made = JSON.stringify([versions, javaModules, origin, home, process.version])
  return createHash('sha256').update(made).digest('hex').slice(0, 12)
}

/**
 * Writes the images of the neighbours, out of what this machine has fetched for `npm start` already.
 *
 * @param folder where archives are kept between runs: those that are there are left, but for the checkout's own
 * @returns the archives
 */
export const writeNeighbourImages = async (folder: string): Promise<string[]> => {
  const [base, shell, java] = await Promise.all([baseLayer(), shellLayer(), javaLayer()])
  await mkdir(folder, { recursive: true })
  const made = await fingerprint()
  const files: string[] = []
  for (const name of Object.keys(neighbourImages) as (keyof typeof neighbourImages)[]) {
    const file = join(folder, `${name}-${made}.tar`)
    files.push(file)
    if (name !== 'sandbox' && existsSync(file)) continue
    const layer = join(folder, `${name}.layer`)
    await rm(layer, { recursive: true, force: true })
    await mkdir(layer, { recursive: true })
    await fill[name](layer)
    const layers = [base, shell, ...(name === 'kafka' ? [java] : []), layer]
    const configuration = { Entrypoint: ['/bin/sh'], Env: ['PATH=/usr/local/bin:/bin'], User: '65532:65532' }
    await writeImage({ file, name: neighbourImages[name], configuration, layers })
    await rm(layer, { recursive: true })
  }
  return files
}
