/** The parts of the stack that report progress. */
export type Step =
  | 'postgres'
  | 'kafka'
  | 'java'
  | 'temporal'
  | 'identity'
  | 'payments'
  | 'objects'
  | 'office'
  | 'prometheus'
  | 'chart'
  | 'pgbouncer'
  | 'migrate'
  | 'generate'

/** One line of progress. `detail` is a short English phrase; `elapsedMs` is there when something has ended. */
export interface Progress {
  step: Step
  detail: string
  elapsedMs?: number
}

/** Where progress goes. */
export type Report = (event: Progress) => void

/**
 * Reports the beginning and the end of a piece of work.
 *
 * @returns what `work` returns; a failure passes through unreported, the caller words it
 */
export const timed = async <T>(report: Report, step: Step, detail: string, work: () => Promise<T>): Promise<T> => {
  const begunAt = performance.now()
  report({ step, detail })
  const result = await work()
  report({ step, detail: `${detail}: done`, elapsedMs: Math.round(performance.now() - begunAt) })
  return result
}
