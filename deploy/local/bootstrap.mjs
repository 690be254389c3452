// Runs on whatever Node the person has (18 or newer), before anything is installed: Node's own modules only.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

const modules = join(root, 'node_modules')
const stampFile = join(modules, '.linghang-installed')
const pinnedNode = join(modules, 'node', 'bin', 'node')
const flags = ['--disable-warning=ExperimentalWarning', '--disable-warning=TimeoutNegativeWarning']

const fail = (zh, en) => {
  console.error(`${zh}\n${en}`)
  process.exit(1)
}

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')

const readPackages = file => JSON.parse(readFileSync(file, 'utf8')).packages

/** npm notes what it has installed; packages for other machines may be missing there. */
const agreesWithLock = () => {
  try {
    const installed = readPackages(join(modules, '.package-lock.json'))
    return Object.entries(readPackages(join(root, 'package-lock.json'))).every(
      ([path, wanted]) =>
        !path.includes('node_modules/') ||
        wanted.optional ||
        wanted.devOptional ||
        wanted.peer ||
        installed[path]?.version === wanted.version,
    )
  } catch {
    return false
  }
}

const isInstalled = () => {
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash()) return true
  if (!agreesWithLock()) return false
  writeFileSync(stampFile, lockHash())
  return true
}

const runNpm = args => {
  const cli = process.env.npm_execpath
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []]
  return spawnSync(command, [...first, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
}

const install = () => {
  const begunAt = Date.now()
  console.error('安装依赖 npm ci（约一分钟） · installing dependencies (about a minute)')
  // npm warns that some packages want a newer Node than the one it runs on: they get the pinned one, which it installs.
  const result = runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  if (result.error || result.status !== 0) {
    fail(
      'npm ci 失败：请检查网络和磁盘空间，然后重试。',
      'npm ci failed: check the network and the disk, then try again.',
    )
  }
  writeFileSync(stampFile, lockHash())
  console.error(`依赖已安装 · dependencies installed (${Math.round((Date.now() - begunAt) / 1000)} s)`)
}

const findNode = () => {
  if (existsSync(pinnedNode)) return pinnedNode
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return fail(
    `找不到固定版本的 Node（${pinnedNode}）：请删除 node_modules 后重试，并允许 npm 运行安装脚本。`,
    `The pinned Node is missing (${pinnedNode}): delete node_modules and try again, with npm's install scripts allowed.`,
  )
}

/**
 * Installs what is missing, then runs a TypeScript file of this checkout under the pinned Node, with its exit code.
 */
export const runFile = (file, args) => {
  if (Number(process.versions.node.split('.')[0]) < 18) {
    fail(
      `需要 Node 18 或更新版本，当前为 ${process.version}。`,
      `Node 18 or newer is needed, this is ${process.version}.`,
    )
  }
  if (!isInstalled()) install()
  const child = spawn(findNode(), [...flags, file, ...args], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // A supervisor ends npm, and npm goes without a word: what it had started would run on without anybody to end it.
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM')
  }, 1_000).unref()
  child.on('error', error => fail(`无法运行 ${file}。`, `${file} could not be run: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}
