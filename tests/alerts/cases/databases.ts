import { fires, silent } from '../case.ts'

const job = { job: 'linghang-dues' }
const answers = (a: string, b: string) => ({
  'linghang_database_answers{job="linghang-dues",instance="a"}': a,
  'linghang_database_answers{job="linghang-dues",instance="b"}': b,
})
const awaited = (series: string) => ({
  'linghang_database_connections{job="linghang-dues",instance="a",state="awaited"}': series,
  'linghang_database_connections{job="linghang-dues",instance="a",state="lent"}': '20x30',
})
const faults = (kind: string, series: string) => ({
  [`linghang_database_faults_total{job="linghang-dues",instance="a",kind="${kind}"}`]: series,
})

export const databaseCases = [
  fires('LinghangDatabaseAway', 'no instance has an answer', answers('1 0x10', '1 1 0x10'), { at: 3, of: job }),
  silent('LinghangDatabaseAway', 'one of two has', answers('0x20', '1x20'), 20),
  silent('LinghangDatabaseAway', 'it was away for less than a minute', answers('1 0 1x9', '1 0 1x9'), 10),

  fires('LinghangPoolExhausted', 'somebody always waits', awaited('0 1x20'), {
    at: 5.5,
    of: { ...job, instance: 'a', state: 'awaited' },
  }),
  silent('LinghangPoolExhausted', 'now and then nobody waits', awaited('9 9 0 9 9 0 9 9 0 9 9 0 9 9 0'), 14),
  silent('LinghangPoolExhausted', 'all are lent and nobody waits', awaited('0x30'), 30),

  fires('LinghangDatabaseTimeouts', 'more than twenty', faults('timeout', '0 0 25x30'), {
    at: 3,
    of: job,
    value: '25',
  }),
  silent('LinghangDatabaseTimeouts', 'ten within ten minutes', faults('timeout', '0+1x60'), 60),
  silent('LinghangDatabaseTimeouts', 'another kind', faults('lost', '0 0 99x30'), 30),

  fires('LinghangRowsDenied', 'once is enough', faults('denied', '0 0 1x30'), { at: 3, of: job }),
  silent('LinghangRowsDenied', 'never', faults('denied', '0x30'), 30),
  fires('LinghangDatabaseFull', 'once is enough', faults('full', '0 0 1x30'), { at: 3, of: job }),
  silent('LinghangDatabaseFull', 'a connection lost is no room lost', faults('lost', '0 0 9x30'), 30),
]
