import { Busy } from './busy.ts'

/** So many wait at most for one thing, and so long: behind them nobody would be served before their patience ends. */
export type Turns = { atOnce: number; waiting: number; waitMs: number }
const usual: Turns = { atOnce: 3, waiting: 1_000, waitMs: 15_000 }

type Queue = { running: number; waiting: (() => void)[] }

/**
 * Lets those who would wait for the same lock wait before they take a connection: in the order in which they came, a few
 * at once. Otherwise those who wait for one account have all connections, and who wants another account has none.
 */
export function createTurns({ atOnce, waiting, waitMs }: Turns = usual) {
  const queues = new Map<string, Queue>()

  const leave = (key: string, queue: Queue): void => {
    const next = queue.waiting.shift()
    // Whoever is next takes the place over: nobody who has come meanwhile can be before them.
    if (next) next()
    else {
      queue.running--
      if (queue.running === 0) queues.delete(key)
    }
  }

  const enter = (queue: Queue): Promise<void> =>
    new Promise((resolve, reject) => {
      const served = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        queue.waiting.splice(queue.waiting.indexOf(served), 1)
        reject(new Busy(`no turn within ${waitMs} ms`))
      }, waitMs)
      queue.waiting.push(served)
    })

  /** @throws Busy when too many wait already, or no turn came in time; `run` was not begun then */
  return async function inTurn<T>(key: string, run: () => Promise<T>): Promise<T> {
    const queue = queues.get(key) ?? { running: 0, waiting: [] }
    queues.set(key, queue)
    if (queue.running < atOnce) queue.running++
    else if (queue.waiting.length >= waiting) throw new Busy(`${waiting} wait already`)
    else await enter(queue)
    try {
      return await run()
    } finally {
      leave(key, queue)
    }
  }
}
