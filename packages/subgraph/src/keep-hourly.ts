import { type Actor, systemActor, unlessItMoves } from '@linghang/access'

const everyMs = 60 * 60_000

type Keeping<Work> = {
  /** What is done, for the log: an English clause. */
  what: string
  counties(): Promise<string[]>
  perform<T>(actor: Actor, run: (work: Work) => Promise<T>): Promise<T>
  /** @param after what the part before has answered @returns behind what to go on; null: done */
  run(work: Work, after: string | null): Promise<string | null>
  log: { warn(fields: object, message: string): void }
}

/**
 * Does something for each county by itself, now and every hour, a part in a transaction at a time. Several instances may do so at
 * once; a county in which it fails, or that moves, waits for the next hour and keeps no other from its turn.
 */
export function keepHourly<Work>({ what, counties, perform, run, log }: Keeping<Work>) {
  let stopped = false
  const inCounty = async (countyId: string): Promise<void> => {
    let after: string | null = null
    do {
      const behind: string | null = after
      after = await unlessItMoves(perform(systemActor(countyId), work => run(work, behind)))
    } while (after !== null && !stopped)
  }
  const later = (error: unknown, countyId?: string) =>
    log.warn({ reason: (error as Error).name, countyId }, `in an hour again: ${what}`)
  const once = async (): Promise<void> => {
    for (const countyId of await counties()) {
      if (stopped) return
      await inCounty(countyId).catch(error => later(error, countyId))
    }
  }
  let running = Promise.resolve()
  const turn = () => {
    running = running.then(once).catch(error => later(error))
  }
  turn()
  const timer = setInterval(turn, everyMs)
  return {
    async stop(): Promise<void> {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}
