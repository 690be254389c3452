import { type Actor, systemActor, unlessItMoves } from '@linghang/access'
import type { Work } from '../../work.ts'
import { type Heard, scoreTouched } from './score-touched.ts'
import { lanes } from './store.ts'
import { turnPages } from './turn-pages.ts'

const everyMs = 250
/** Of a county at a time, so that another one does not wait until all of it is scored. */
const turnsAtOnce = 20

type Keeping = {
  /** Counties in which something is to be done. */
  waiting(): Promise<string[]>
  /** What else is done for such a county once nobody waits there, a part at a time; each says how much it did. */
  afterwards: readonly ((work: Work) => Promise<number>)[]
  perform<T>(actor: Actor, run: (work: Work) => Promise<T>, options: { timeoutMs: number }): Promise<T>
  /** What else is done of what was scored anew. */
  heard: Heard
  log: { warn(fields: object, message: string): void }
}

/** After so many turns at most a county is tried again in which it failed: it does not take the others' time meanwhile. */
const mostTurnsOut = 64

/** Scores anew whoever was touched, within a second of it; several instances may do so at once, each for another county. */
export function keepScores({ waiting, afterwards, heard, perform, log }: Keeping) {
  let ended = false
  const inCounty = <T>(countyId: string, run: (work: Work) => Promise<T>) =>
    unlessItMoves(perform(systemActor(countyId), run, { timeoutMs: 60_000 }))
  /** @returns whether there was anything of it: it may have left something for the others */
  const inTurns = async (countyId: string, run: (work: Work) => Promise<number>): Promise<boolean> => {
    let turn = 0
    while (turn < turnsAtOnce && !ended && (await inCounty(countyId, run))) turn += 1
    return turn > 0
  }
  const scoreCounty = async (countyId: string): Promise<boolean> => {
    await inCounty(countyId, work => turnPages.run(work, {}))
    const all = Array.from({ length: lanes }, (_, lane) =>
      inTurns(countyId, work => scoreTouched.run(work, { lane, heard })),
    )
    if ((await Promise.all(all)).includes(true)) return true
    for (const run of afterwards) if (await inTurns(countyId, run)) return true
    return false
  }
  const out = new Map<string, { turns: number; left: number }>()
  const isOut = (countyId: string): boolean => {
    const one = out.get(countyId)
    if (one === undefined || one.left === 0) return false
    one.left -= 1
    return true
  }
  const leaveOut = (countyId: string): void => {
    const turns = Math.min(mostTurnsOut, (out.get(countyId)?.turns ?? 1) * 2)
    out.set(countyId, { turns, left: turns })
  }
  const once = async (): Promise<boolean> => {
    let more = false
    const wait = await waiting()
    for (const countyId of out.keys()) if (!wait.includes(countyId)) out.delete(countyId)
    for (const countyId of wait) {
      if (isOut(countyId)) continue
      try {
        more = (await scoreCounty(countyId)) || more
        out.delete(countyId)
      } catch (error) {
        leaveOut(countyId)
        log.warn({ reason: (error as Error).name, countyId }, 'a county is scored after some turns')
      }
    }
    return more
  }
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  const turn = (): void => {
    running = once()
      .catch(error => {
        log.warn({ reason: (error as Error).name }, 'scores are kept at the next turn')
        return false
      })
      .then(more => {
        if (!ended) timer = setTimeout(turn, more ? 0 : everyMs)
      })
  }
  turn()
  return {
    async stop(): Promise<void> {
      ended = true
      clearTimeout(timer)
      await running
    },
  }
}
