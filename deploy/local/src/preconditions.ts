import { existsSync } from 'node:fs'
import { mkdir, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { identify, isAlive, readJson, stackFault, writeJson } from '@linghang/devstack'
import { cacheParent } from './env.ts'

const neededBytes = 2_000_000_000

const existingAncestor = (path: string): string => (existsSync(path) ? path : existingAncestor(dirname(path)))

/**
 * Stops with a clear sentence when the disk under a folder is nearly full: databases that run out of it die badly.
 *
 * @throws StackFault
 */
export const assertDiskSpace = async (stateDir: string, needed = neededBytes): Promise<void> => {
  for (const folder of [stateDir, cacheParent()]) {
    const { bavail, bsize } = await statfs(existingAncestor(folder))
    const freeBytes = bavail * bsize
    if (freeBytes >= needed) continue
    const [free, wanted] = [freeBytes, needed].map(bytes => `${(bytes / 1e9).toFixed(1)} GB`)
    throw stackFault('DISK_FULL', {
      zh: `磁盘空间不足：${folder} 所在磁盘只剩 ${free}，需要 ${wanted}；请清理后重试。`,
      en: `Not enough disk space: ${free} free under ${folder}, ${wanted} needed; make room and try again.`,
    })
  }
}

/** What a running platform tells the other commands of the same checkout. */
export interface PlatformRecord {
  pid: number
  startedAt: string
  gatewayUrl?: string
  issuer?: string
  temporalUiUrl?: string | null
  temporalAddress?: string
  temporalNamespace?: string
  kafkaBrokers?: string
  /** host:port */
  postgres?: string
}

const recordFile = (stateDir: string): string => join(stateDir, 'platform.json')

/** The record of the platform that runs in a state folder, undefined when none does. */
export const findRunning = async (stateDir: string): Promise<PlatformRecord | undefined> => {
  const value = await readJson(recordFile(stateDir))
  if (typeof value !== 'object' || value === null || !('pid' in value) || !('startedAt' in value)) return undefined
  const record = value as PlatformRecord
  return isAlive(record) ? record : undefined
}

/**
 * Makes a state folder ours.
 *
 * @throws ALREADY_RUNNING when another platform lives in it
 */
export const claimStateDir = async (stateDir: string): Promise<void> => {
  const running = await findRunning(stateDir)
  if (running && running.pid !== process.pid) {
    throw stackFault('ALREADY_RUNNING', {
      zh: `平台已在运行（进程 ${running.pid}，${running.gatewayUrl ?? stateDir}）：直接使用它，或先用 Ctrl-C 停止。`,
      en: `The platform runs already (process ${running.pid}, ${running.gatewayUrl ?? stateDir}): use that one, or stop it with Ctrl-C first.`,
    })
  }
  await mkdir(stateDir, { recursive: true })
  await writeJson(recordFile(stateDir), identify(process.pid), 0o644)
}

/** Writes down where a running platform is reached. */
export const recordPlatform = (
  stateDir: string,
  found: Required<Omit<PlatformRecord, 'pid' | 'startedAt'>>,
): Promise<void> => writeJson(recordFile(stateDir), { ...identify(process.pid), ...found }, 0o644)
