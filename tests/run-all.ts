import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { provision, provisionForTests } from '@linghang/devstack'
import { makeTypes } from '../deploy/local/src/made-types.ts'
import { provisionForChart } from './chart/provision.ts'

/**
 * Everything that is tested, on a machine that had nothing before: fetches the servers, generates clients, checks
 * types and style, then runs the Jest projects one after the other, each over both cores. `npm test -- unit` runs one.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const results = join(root, '.linghang/test/results')
const usual = ['unit', 'chart', 'integration', 'workflows', 'system'] as const
/** With those that take long and are run by their own commands. */
const projects = [...usual, 'alerts', 'kafka', 'temporal'] as const
const begunAt = performance.now()
const say = (text: string): void =>
  console.log(`${((performance.now() - begunAt) / 1000).toFixed(1).padStart(7)} s  ${text}`)

// What V8 has compiled outlives the run, for the tests and for all that they start: loading libraries is most of what a
// process does that lives for a test.
const env = { ...process.env, NODE_COMPILE_CACHE: join(root, '.linghang/test/compile-cache') }

const run = (command: string, args: string[]): Promise<number> =>
  new Promise(resolve => {
    const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' })
    child.on('exit', code => resolve(code ?? 1))
  })

const node = (...args: string[]): Promise<number> =>
  run(process.execPath, ['--disable-warning=ExperimentalWarning', ...args])

type Counts = { passed: number; failed: number; skipped: number }

async function checks(): Promise<Counts> {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const [name, file, args] of [
    ['types', 'node_modules/typescript/bin/tsc', ['--noEmit', '-p', '.']],
    ['style', 'node_modules/@biomejs/biome/bin/biome', ['check', '--diagnostic-level=error', '.']],
    ['unused', 'node_modules/knip/bin/knip.js', ['--no-progress', '--no-config-hints']],
  ] as const) {
    const passed = (await node(join(root, file), ...args)) === 0
    counts[passed ? 'passed' : 'failed']++
    say(`${name} ${passed ? 'passed' : 'FAILED'}`)
  }
  return counts
}

async function runProject(project: string, more: string[]): Promise<Counts> {
  const file = join(results, `${project}.json`)
  // Servers are shared and kill tests kill: the system's files run one after the other.
  const workers = project === 'system' || project === 'alerts' ? ['--runInBand'] : ['--maxWorkers=2']
  await node(
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    project,
    ...workers,
    '--json',
    `--outputFile=${file}`,
    '--silent=false',
    ...more,
  )
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    // A file that could not run at all has no tests to count: it is a failure of its own.
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
      skipped: report.numPendingTests + report.numTodoTests,
    }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

const asked = process.argv.slice(2)
const chosen = projects.filter(project => asked.includes(project))
const more = asked.filter(argument => !(projects as readonly string[]).includes(argument))
mkdirSync(results, { recursive: true })
for (const project of projects) rmSync(join(results, `${project}.json`), { force: true })

await provision(({ step, detail }) => say(`${step} ${detail}`))
await makeTypes(detail => say(detail))
if (chosen.length === 0 || chosen.includes('integration'))
  await provisionForTests(({ step, detail }) => say(`${step} ${detail}`))
if (chosen.length === 0 || chosen.includes('chart'))
  await provisionForChart(({ step, detail }) => say(`${step} ${detail}`))
const total: Counts = chosen.length > 0 ? { passed: 0, failed: 0, skipped: 0 } : await checks()
for (const project of chosen.length > 0 ? chosen : usual) {
  say(`${project} …`)
  const counts = await runProject(project, more)
  for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += counts[key]
  say(`${project}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)
