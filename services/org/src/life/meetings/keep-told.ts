import { type Actor, systemActor, unlessItMoves } from '@linghang/access'
import type { Work } from '../../work.ts'
import { tellUntold } from './tell-attendance.ts'

const everyMs = 60 * 60_000

type Keeping = {
  counties(): Promise<string[]>
  perform<T>(actor: Actor, run: (work: Work) => Promise<T>): Promise<T>
  log: { warn(fields: object, message: string): void }
}

/**
 * Tells who came to the meetings of which that was never told, now and every hour, county by county and some at a time:
 * after an upgrade those of all years, without anybody's command. Several instances may do so at once.
 */
export function keepAttendanceTold({ counties, perform, log }: Keeping) {
  let stopped = false
  const once = async (): Promise<void> => {
    for (const countyId of await counties()) {
      let after: string | null = null
      do {
        after = await unlessItMoves(perform(systemActor(countyId), work => tellUntold(work, after)))
      } while (after !== null && !stopped)
    }
  }
  let running = Promise.resolve()
  const turn = () => {
    running = running
      .then(once)
      .catch(error => log.warn({ reason: (error as Error).name }, 'who came to meetings is told at the next turn'))
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
