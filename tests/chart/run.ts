import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { provision } from '@linghang/devstack'
import { writeDoorImage } from './door/programs.ts'
import { writeNeighbourImages } from './neighbours/images.ts'
import { writeSystemImages } from './node/images.ts'
import { attachNode, type ClusterNode, startNode } from './node/node.ts'
import { nodePrograms } from './node/programs.ts'
import { containerImages } from './node/runtime.ts'

/**
 * `npm run test:chart`: builds what a real node of Kubernetes is made of (once, kept in the cache), starts one, and runs
 * the tests of `cluster/` in its network. `--keep` leaves the node when the tests have ended, `--again` uses the one
 * that was left, `--down` ends it, `--images` names a folder of image archives to take
 * instead of building them (with `--again` they take the place of those that the node has); other arguments choose files by a part of their name.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const state = join(root, '.linghang/chart')
const folder = join(state, 'node')
const begunAt = performance.now()
const say = (text: string): void =>
  console.log(`${((performance.now() - begunAt) / 1000).toFixed(1).padStart(7)} s  ${text}`)

const { values, positionals } = parseArgs({
  options: {
    keep: { type: 'boolean', default: false },
    again: { type: 'boolean', default: false },
    down: { type: 'boolean', default: false },
    images: { type: 'string' },
  },
  allowPositionals: true,
})

/** Our own images: built of this checkout, or those of `--images`. @returns the archives */
const platformImages = async (): Promise<string[]> => {
  const out = values.images === undefined ? join(state, 'platform') : resolve(values.images)
  if (values.images === undefined) {
    say('build the images of the platform')
    await rm(out, { recursive: true, force: true })
    const build = [join(root, 'deploy/images/src/build.ts'), '--all', '--out', out]
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...build], {
      stdio: 'inherit',
      cwd: root,
    })
    const code = await new Promise(resolve => child.on('exit', resolve))
    if (code !== 0) throw new Error('the images of the platform could not be built')
  }
  return (await readdir(out)).filter(name => name.endsWith('.tar')).map(name => join(out, name))
}

const loadImages = async (node: ClusterNode, archives: readonly string[]): Promise<void> => {
  for (const file of archives) await containerImages(node).load(file)
  say('images loaded')
}

const isLeft = (): boolean => existsSync(join(folder, 'node.json'))

const start = async (): Promise<ClusterNode> => {
  if (values.again && isLeft()) {
    const left = attachNode(folder)
    if (values.images !== undefined) await loadImages(left, await platformImages())
    return left
  }
  await provision(({ step, detail }) => say(`${step} ${detail}`))
  const programs = await nodePrograms(say)
  const images = join(state, 'images')
  await writeSystemImages(images, programs)
  const archives = [
    ...(await writeNeighbourImages(join(state, 'neighbours'))),
    await writeDoorImage(join(state, 'neighbours')),
    ...(await platformImages()),
  ]
  say('images written')
  const node = await startNode({ folder, programs, images, say: detail => say(`node: ${detail}`) })
  await loadImages(node, archives)
  return node
}

type Counts = { passed: number; failed: number }
type Ran = Counts & { name: string; seconds: number }

/** One file of tests in the node's network. */
const runFile = async (node: ClusterNode, file: string): Promise<Counts> => {
  const report = join(state, 'report.json')
  await rm(report, { force: true })
  const jest = ['--experimental-vm-modules', '--no-warnings', join(root, 'node_modules/jest/bin/jest.js')]
  const config = join(root, 'tests/chart/jest.config.mjs')
  const own = ['--config', config, '--runInBand', '--json', `--outputFile=${report}`, '--runTestsByPath', file]
  const [nsenter = '', ...door] = node.networkDoor()
  const child = spawn(nsenter, [...door, process.execPath, ...jest, ...own], {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: root,
    env: { ...process.env, LINGHANG_NODE_FOLDER: node.folder },
  })
  const kill = (signal: NodeJS.Signals): void => void child.kill(signal)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, kill)
  await new Promise(resolve => child.on('exit', resolve))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, kill)
  try {
    const found = JSON.parse(await readFile(report, 'utf8'))
    return { passed: found.numPassedTests, failed: found.numFailedTests + found.numRuntimeErrorTestSuites }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

/** The files in the order of their names, since each stands on the ones before. */
const test = async (node: ClusterNode): Promise<Ran[]> => {
  const ran: Ran[] = []
  const cluster = join(root, 'tests/chart/cluster')
  const files = (await readdir(cluster)).filter(name => name.endsWith('.test.ts')).sort()
  for (const name of files.filter(
    file => positionals.length === 0 || positionals.some(wanted => file.includes(wanted)),
  )) {
    say(`${name} …`)
    const startedAt = performance.now()
    const counts = await runFile(node, join(cluster, name))
    ran.push({ ...counts, name, seconds: (performance.now() - startedAt) / 1000 })
  }
  return ran
}

/** What came of each file, and how long it took. @returns all of them together */
const summarise = (ran: readonly Ran[]): Counts => {
  for (const { name, passed, failed, seconds } of ran)
    console.log(`${seconds.toFixed(0).padStart(7)} s  ${name}: ${passed} passed, ${failed} failed`)
  const sumOf = (of: 'passed' | 'failed'): number => ran.reduce((sum, one) => sum + one[of], 0)
  return { passed: sumOf('passed'), failed: sumOf('failed') }
}

if (values.down) {
  if (isLeft()) await attachNode(folder).stop()
  say('node down')
} else {
  const node = await start()
  let ran: Ran[] = []
  try {
    ran = await test(node)
  } finally {
    const notes = await readFile(join(folder, 'notes.txt'), 'utf8').catch(() => '')
    if (notes !== '') console.log(notes)
    if (!values.keep) {
      await node.stop()
      say('node down')
    }
  }
  const { passed, failed } = summarise(ran)
  say(`${passed} passed, ${failed} failed`)
  process.exit(failed > 0 || passed === 0 ? 1 : 0)
}
