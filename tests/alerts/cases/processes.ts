import { fires, silent } from '../case.ts'

const job = { job: 'linghang-org' }

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
]
