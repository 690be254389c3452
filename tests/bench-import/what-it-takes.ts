import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from '@linghang/devstack'
import { services } from '@linghang/migrations'
import type { Platform } from '../../deploy/local/src/platform.ts'

const ours = [...services, 'worker', 'gateway']
/** Linux counts in hundredths of a second. */
const ticksASecond = 100
const mebibyte = 1024 * 1024

/** The most memory that each of our processes has had since its start, in MiB, and what it has had of a processor, in seconds. */
export const ofProcesses = (platform: Platform): Record<string, { 'peak MiB': number; 'CPU s': number }> =>
  Object.fromEntries(
    ours.map(name => {
      const folder = `/proc/${platform.processes[name]?.pid}`
      const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`${folder}/status`, 'utf8'))?.[1] ?? 0)
      const fields = readFileSync(`${folder}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')
      const ticks = Number(fields[11]) + Number(fields[12])
      return [name, { 'peak MiB': Math.round(peak / 1024), 'CPU s': Math.round(ticks / ticksASecond) }]
    }),
  )

/** What lies on the disk, in MiB: each database, Kafka's log, Temporal's database. */
export async function onDisk(
  platform: Platform,
  sizeOf: (service: (typeof services)[number]) => Promise<number>,
): Promise<Record<string, number>> {
  const databases = await Promise.all(
    services.map(async service => [service, Math.round((await sizeOf(service)) / mebibyte)] as const),
  )
  const folder = async (path: string) => {
    const { stdout } = await runCommand('du', ['-sm', join(platform.stateDir, path)], { timeoutMs: 60_000 })
    return Number.parseInt(stdout, 10)
  }
  return { ...Object.fromEntries(databases), kafka: await folder('kafka'), temporal: await folder('temporal') }
}
