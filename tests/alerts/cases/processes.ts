import { fires, silent } from '../case.ts'

const job = { job: 'linghang-org' }
const restarts = (series: string) => ({ 'process_start_time_seconds{job="linghang-org",instance="a"}': series })
const blocked = (series: string) => ({ 'nodejs_eventloop_delay_max{job="linghang-org",instance="a"}': series })
const ends = (seconds: number) => ({
  'linghang_certificate_not_after_seconds{job="linghang-org",use="kafka_ca"}': `${seconds}x90`,
})
const dayS = 86_400

export const processCases = [
  fires(
    'LinghangProcessAway',
    'no instance answers',
    { 'up{job="linghang-org",instance="a"}': '1 1 0x10', 'up{job="linghang-org",instance="b"}': '1 0x10' },
    { at: 4, of: job },
  ),
  fires(
    'LinghangProcessAway',
    'its targets are gone',
    { 'up{job="linghang-org",instance="a"}': '1 1 stale', 'up{job="linghang-dues",instance="a"}': '1x10' },
    { at: 4, of: job },
  ),
  silent(
    'LinghangProcessAway',
    'one of two answers',
    { 'up{job="linghang-org",instance="a"}': '1 0x20', 'up{job="linghang-org",instance="b"}': '1x20' },
    20,
  ),
  silent('LinghangProcessAway', 'it was away for less', { 'up{job="linghang-org"}': '1 0 0 1x20' }, 20),
  silent('LinghangProcessAway', 'it is not ours', { 'up{job="other"}': '1 0x20' }, 20),

  fires(
    'LinghangReplicaAway',
    'one of two does not answer',
    { 'up{job="linghang-org",instance="a"}': '1 0x20', 'up{job="linghang-org",instance="b"}': '1x20' },
    { at: 11, of: { ...job, instance: 'a' } },
  ),
  silent('LinghangReplicaAway', 'it came back in time', { 'up{job="linghang-org",instance="a"}': '1 0x9 1x9' }, 20),

  fires('LinghangNothingScraped', 'there is no target', { 'up{job="other"}': '1x20' }, { at: 5 }),
  silent('LinghangNothingScraped', 'one target is enough, answering or not', { 'up{job="linghang-org"}': '0x20' }, 20),

  fires('LinghangRestarting', 'four starts after the first', restarts('1 1 2 3 4 5x10'), {
    at: 6,
    of: { ...job, instance: 'a' },
    value: '4',
  }),
  silent('LinghangRestarting', 'three are borne', restarts('1 1 2 3 4x20'), 20),
  silent('LinghangRestarting', 'four in more than half an hour', restarts('1 2x9 3x9 4x14 5x20'), 50),

  fires('LinghangEventLoopBlocked', 'half a second and more', blocked('0.1 0.51x20'), {
    at: 11,
    of: { ...job, instance: 'a' },
    value: '510ms',
  }),
  silent('LinghangEventLoopBlocked', 'half a second at most', blocked('0.5x30'), 30),
  silent('LinghangEventLoopBlocked', 'for less than ten minutes', blocked('0.6x9 0.1x20'), 25),

  fires('LinghangCertificateNearEnd', 'less than two weeks are left, for an hour', ends(14 * dayS - 60), {
    at: 60,
    of: { ...job, use: 'kafka_ca' },
    value: '13d 22h 59m 0s',
  }),
  silent('LinghangCertificateNearEnd', 'two weeks are left at the end of the hour', ends(14 * dayS + 3_600), 60),
  fires('LinghangCertificateEnds', 'less than two days are left', ends(2 * dayS - 60), {
    at: 5,
    of: { ...job, use: 'kafka_ca' },
  }),
  fires('LinghangCertificateEnds', 'its file cannot be read', ends(0), { at: 5, of: { ...job, use: 'kafka_ca' } }),
  silent('LinghangCertificateEnds', 'two days are left', ends(2 * dayS + 600), 10),
]
