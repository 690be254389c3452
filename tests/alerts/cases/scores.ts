import { fires, silent } from '../case.ts'

const of = { job: 'linghang-assessment' }
const waits = (series: string) => ({ 'linghang_scores_wait_seconds{job="linghang-assessment"}': series })

export const scoreCases = [
  fires('LinghangScoresLate', 'for more than a quarter of an hour', waits('0 901x20'), { at: 6, of, value: '15m 1s' }),
  silent('LinghangScoresLate', 'a quarter of an hour', waits('900x20'), 20),
  silent('LinghangScoresLate', 'it was done meanwhile', waits('901x4 0 901x4 0'), 9),
]
