import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, readlinkSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type CommandResult, identify, isAlive, runCommand, waitGone, writeJson } from '@linghang/devstack'
import { clearControlGroups, controlGroupsOf, emptyControlGroups, makeControlGroups } from './control-groups.ts'
import { kubeconfigOf, placesOf } from './layout.ts'
import type { NodePrograms } from './programs.ts'

/** A real node of Kubernetes in namespaces of its own: nothing of the machine changes, and one call ends it all. */
export interface ClusterNode {
  folder: string
  programs: NodePrograms
  /** The words that lead to the node's network and cluster names, with this machine's processes and files. */
  networkDoor(): string[]
  /** Runs a command among the node's own processes. */
  enter(command: string, args: string[], options?: { timeoutMs?: number }): Promise<CommandResult>
  /** As pulling the plug and putting it in again: every process gone at once, what is on disk kept. */
  restart(say: Say): Promise<void>
  stop(): Promise<void>
}

type Say = (detail: string) => void
interface NodeOptions {
  folder: string
  programs: NodePrograms
  /** Folder of image archives that the node has from the start. */
  images: string
  say: Say
}
/** Processes of a running node as this machine numbers them. */
interface Running {
  programs: NodePrograms
  images: string
  /** Holds the network, over a restart too: whoever watches the node from its network goes on watching. */
  holder: number
  outer: number
  /** Process 1 of the node. */
  first: number
}

const startTimeoutMs = 180_000
const commandTimeoutMs = 120_000
const boot = fileURLToPath(new URL('./boot.ts', import.meta.url))
// Into the groups before anything is started: what it starts is in them too.
const intoGroups = 'while [ "$1" != -- ]; do echo $$ > "$1/cgroup.procs"; shift; done; shift; exec "$@"'
// The first process of the namespaces reaps what others leave behind: bash does, Node does not.
const firstProcess = '"$@" & while :; do sleep 1000000 & wait $!; done'
const withNames =
  'mount --make-rprivate / && mount --bind "$1/hosts" /etc/hosts && mount --bind "$1/resolv.conf" /etc/resolv.conf && shift && exec "$@"'

const refuseOtherMachines = (): void => {
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/sys/fs/cgroup/memory')) return
  throw new Error(
    '单机 Kubernetes 需要 Linux、root 和 cgroup v1：请在这样的机器上运行。 The one-node Kubernetes needs Linux, root and cgroup v1: run it on such a machine.',
  )
}

const stateFile = (folder: string): string => join(folder, 'node.json')

const runningOf = (folder: string): Running => JSON.parse(readFileSync(stateFile(folder), 'utf8')) as Running

const spawnInGroups = (groups: string[], log: string, command: string[]): ChildProcess => {
  const output = openSync(log, 'a')
  const args = ['-c', intoGroups, 'into-groups', ...groups, '--', ...command]
  const child = spawn('bash', args, { stdio: ['ignore', output, output], detached: true, cwd: '/' })
  child.unref()
  return child
}

const childOf = async (pid: number): Promise<number | undefined> => {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return text.trim() === '' ? undefined : Number(text.trim().split(' ')[0])
}

const progress = async (folder: string): Promise<string[]> =>
  (await readFile(placesOf(folder).progress, 'utf8').catch(() => '')).split('\n').filter(Boolean)

/** Waits until the node says that everything is up. @throws Error with what it said last */
const followStart = async (folder: string, child: ChildProcess, say: Say): Promise<void> => {
  let said = 0
  const endAt = performance.now() + startTimeoutMs
  while (!existsSync(placesOf(folder).ready)) {
    const lines = await progress(folder)
    for (const line of lines.slice(said)) say(line)
    said = lines.length
    const failure = lines.find(line => line.includes('failed: '))
    const why = failure ?? (child.exitCode !== null ? 'its first process has ended' : undefined)
    if (why !== undefined || performance.now() > endAt)
      throw new Error(`the node has not come up: ${why ?? 'in time'}; logs are in ${placesOf(folder).logs}`)
    await wait(100)
  }
  for (const line of (await progress(folder)).slice(said)) say(line)
}

const bootUp = async (options: NodeOptions, groups: string[], holder: number): Promise<void> => {
  const { folder, programs, images, say } = options
  const places = placesOf(folder)
  await rm(places.ready, { force: true })
  await rm(places.progress, { force: true })
  const setting = JSON.stringify({ folder, bin: programs.bin, kubectl: programs.kubectl, images })
  const own = ['--mount', '--pid', '--ipc', '--uts', '--cgroup', '--fork', '--kill-child', '--mount-proc']
  const inside = ['bash', '-c', firstProcess, 'node', process.execPath, '--disable-warning=ExperimentalWarning']
  const command = ['nsenter', `--net=/proc/${holder}/ns/net`, '--', 'unshare', ...own, ...inside, boot, setting]
  const child = spawnInGroups(groups, join(folder, 'boot.log'), command)
  await followStart(folder, child, say)
  const outer = child.pid ?? 0
  const first = await childOf(outer)
  if (first === undefined) throw new Error('the node has no first process')
  await writeJson(stateFile(folder), { programs, images, holder, outer, first } satisfies Running)
}

const endProcesses = async (pids: number[]): Promise<void> => {
  const known = pids.map(pid => identify(pid)).filter(one => one !== undefined)
  for (const one of known) if (isAlive(one)) process.kill(one.pid, 'SIGKILL')
  for (const one of known) await waitGone(one, 20_000)
}

/** The node that lives in a folder: whoever is told of the folder may use it, from any process of the machine. */
export const attachNode = (folder: string): ClusterNode => {
  const { programs, images } = runningOf(folder)
  const groups = controlGroupsOf(folder)
  const network = (): string => `--net=/proc/${runningOf(folder).holder}/ns/net`
  const own = ['--mount', '--net', '--pid', '--ipc', '--uts', '--cgroup']
  return {
    folder,
    programs,
    networkDoor: () => {
      const unshare = ['unshare', '--mount', '--', 'bash', '-c', withNames, 'with-names']
      return ['nsenter', network(), '--', ...unshare, placesOf(folder).configuration]
    },
    enter: (command, args, { timeoutMs = commandTimeoutMs } = {}) =>
      runCommand('nsenter', ['--target', String(runningOf(folder).first), ...own, '--', command, ...args], {
        timeoutMs,
        env: { KUBECONFIG: kubeconfigOf(folder) },
      }),
    restart: async say => {
      const { holder, outer, first } = runningOf(folder)
      await endProcesses([outer, first])
      await emptyControlGroups(groups)
      await bootUp({ folder, programs, images, say }, groups, holder)
    },
    stop: async () => {
      const { holder, outer, first } = runningOf(folder)
      await endProcesses([outer, first, holder])
      await clearControlGroups(groups)
    },
  }
}

/** Waits until a process has left this machine's network: who entered it before would work in the machine's own. */
const ownNetwork = async (pid: number): Promise<void> => {
  const networkOf = (process: string) => readlinkSync(`/proc/${process}/ns/net`)
  for (let tries = 0; networkOf(String(pid)) === networkOf('self'); tries += 1) {
    if (tries === 200) throw new Error('unshare has made no network of its own within ten seconds')
    await wait(50)
  }
}

/**
 * Starts a node; its folder is emptied before. Several can run side by side, each with a folder of its own.
 *
 * @throws Error that says what did not come up
 */
export const startNode = async (options: NodeOptions): Promise<ClusterNode> => {
  refuseOtherMachines()
  const { folder } = options
  const groups = controlGroupsOf(folder)
  // A run that was killed has left its node.
  await clearControlGroups(groups)
  await rm(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  makeControlGroups(groups)
  try {
    const holder = spawnInGroups(groups, join(folder, 'boot.log'), ['unshare', '--net', '--', 'sleep', 'infinity'])
    await ownNetwork(holder.pid ?? 0)
    await bootUp(options, groups, holder.pid ?? 0)
    return attachNode(folder)
  } catch (error) {
    await clearControlGroups(groups)
    throw error
  }
}
