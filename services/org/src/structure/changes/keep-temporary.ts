import { type Actor, systemActor, unlessItMoves } from '@linghang/access'
import type { Work } from '../../work.ts'
import { endTemporaryBranches } from './end-temporary.ts'

const everyMs = 60 * 60_000

type Keeping = {
  counties(): Promise<string[]>
  perform<T>(actor: Actor, run: (work: Work) => Promise<T>): Promise<T>
  log: { warn(fields: object, message: string): void }
}

/** Ends temporary branches behind their last day, now and every hour, county by county; several instances may do so at once. */
export function keepTemporaryBranches({ counties, perform, log }: Keeping) {
  const once = async (): Promise<void> => {
    for (const countyId of await counties())
      await unlessItMoves(perform(systemActor(countyId), work => endTemporaryBranches.run(work, {})))
  }
  let running = Promise.resolve()
  const turn = () => {
    running = running
      .then(once)
      .catch(error => log.warn({ reason: (error as Error).name }, 'temporary branches end at the next turn'))
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
