import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const controllers = ['cpu', 'cpuacct', 'cpuset', 'memory', 'devices', 'freezer', 'blkio', 'pids', 'systemd']
const removeTries = 50
const sharesOfNode = 16_384

/** A node's control groups, below this process's own, so that whoever limits us limits the node. */
export const controlGroupsOf = (folder: string): string[] => {
  const mine = readFileSync('/proc/self/cgroup', 'utf8').split('\n')
  const name = `linghang-node-${Buffer.from(folder).toString('base64url').slice(-24)}`
  return controllers.map(controller => {
    const line = mine.find(one => one.split(':')[1]?.replace('name=', '').split(',').includes(controller))
    return join('/sys/fs/cgroup', controller, line?.split(':').slice(2).join(':') ?? '/', name)
  })
}

/** Makes them where they are missing. */
export const makeControlGroups = (groups: string[]): void => {
  for (const group of groups) {
    mkdirSync(group, { recursive: true })
    // A group counts as one process beside those that are in none, and a node is some thirty.
    if (group.startsWith('/sys/fs/cgroup/cpu/')) writeFileSync(join(group, 'cpu.shares'), String(sharesOfNode))
    if (!group.startsWith('/sys/fs/cgroup/cpuset')) continue
    // A new group of this controller has no processor and no memory until it is given some.
    for (const file of ['cpuset.cpus', 'cpuset.mems'])
      writeFileSync(join(group, file), readFileSync(join(dirname(group), file)))
  }
}

const removeGroup = async (group: string): Promise<void> => {
  if (!existsSync(group)) return
  for (const entry of await readdir(group, { withFileTypes: true }))
    if (entry.isDirectory()) await removeGroup(join(group, entry.name))
  // A group whose last process is still going cannot be removed at once.
  for (let tries = 0; existsSync(group) && tries < removeTries; tries++) {
    try {
      rmdirSync(group)
    } catch {
      await wait(100)
    }
  }
}

/** Takes away what was made below them: a machine that was switched off has no groups of pods that are gone. */
export const emptyControlGroups = async (groups: string[]): Promise<void> => {
  for (const group of groups)
    for (const entry of await readdir(group, { withFileTypes: true }))
      if (entry.isDirectory()) await removeGroup(join(group, entry.name))
}

/** Ends whoever is in them, then removes them: the processes of a failed start are known by nothing else. */
export const clearControlGroups = async (groups: string[]): Promise<void> => {
  const memory = groups.find(group => group.startsWith('/sys/fs/cgroup/memory'))
  const left = memory && existsSync(memory) ? await readFile(join(memory, 'cgroup.procs'), 'utf8') : ''
  for (const pid of left.split('\n').filter(Boolean)) {
    try {
      process.kill(Number(pid), 'SIGKILL')
    } catch {
      // It has gone by itself.
    }
  }
  for (const group of groups) await removeGroup(group)
}
