/** Of an alert: what is counted, and what then fires or does not. Samples are a minute apart, the first at 0. */
export type Case = {
  alert: string
  says: string
  /** Series and their samples, as promtool writes them: `'up{job="a"}': '1 1 0x10'`. */
  series: Record<string, string>
  /** The first minute at which it fires; half a minute before, at the evaluation before it, it must be silent. */
  firesAt?: number
  /** What its labels say then, beside its severity; and what `$value` is in its words. */
  of?: Record<string, string>
  value?: string
  /** Until which minute it is silent, where it is not to fire. */
  silentUntil?: number
}

export const fires = (
  alert: string,
  says: string,
  series: Case['series'],
  { at, of = {}, value = '' }: { at: number; of?: Case['of']; value?: string },
): Case => ({ alert, says, series, firesAt: at, of: of ?? {}, value })

export const silent = (alert: string, says: string, series: Case['series'], until: number): Case => ({
  ...{ alert, says, series },
  silentUntil: until,
})
