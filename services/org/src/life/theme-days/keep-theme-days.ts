import { type Actor, systemActor, unlessItMoves } from '@linghang/access'
import type { Work } from '../../work.ts'
import { openThemeDays } from './open-theme-days.ts'

const everyMs = 60 * 60_000

type Keeping = {
  /** Counties that may have set a day. */
  counties(): Promise<string[]>
  perform<T>(actor: Actor, run: (work: Work) => Promise<T>): Promise<T>
  log: { warn(fields: object, message: string): void }
}

/** Begins to watch the month's theme days, now and every hour, county by county; several instances may do so at once. */
export function keepThemeDays({ counties, perform, log }: Keeping) {
  const once = async (): Promise<void> => {
    for (const countyId of await counties())
      await unlessItMoves(perform(systemActor(countyId), work => openThemeDays.run(work, {})))
  }
  let running = Promise.resolve()
  const turn = () => {
    running = running
      .then(once)
      .catch(error => log.warn({ reason: (error as Error).name }, 'theme days are opened at the next turn'))
  }
  turn()
  const timer = setInterval(turn, everyMs)
  return {
    async stop(): Promise<void> {
      clearInterval(timer)
      await running
    },
  }
}
