import { fires, silent } from '../case.ts'

const requests = (outcome: string, series: string) => ({
  [`linghang_gateway_requests_total{job="linghang-gateway",instance="a",outcome="${outcome}"}`]: series,
})
/** All of a histogram, and how many of it were in time. */
const times = (name: string, labels: string, le: string, inTime: string, all: string) => ({
  [`${name}_bucket{${labels},le="${le}"}`]: inTime,
  [`${name}_count{${labels}}`]: all,
})
const door = (fast: string, all: string) =>
  times('linghang_gateway_request_duration_seconds', 'job="linghang-gateway",outcome="ok"', '2.5', fast, all)
const heard = (inTime: string, all: string) =>
  times('linghang_event_delay_seconds', 'job="linghang-dues",group="dues.org-tree"', '30', inTime, all)
const reminders = (inTime: string, all: string) =>
  times('linghang_reminder_delay_seconds', 'job="linghang-worker"', '300', inTime, all)
const imports = (inTime: string, all: string) =>
  times(
    'linghang_import_duration_seconds',
    'job="linghang-members",subject="Member",outcome="committed"',
    '300',
    inTime,
    all,
  )
const fetches = (answered: string, failed: string) => ({
  'linghang_gateway_fetches_total{job="linghang-gateway",subgraph="dues",outcome="answered"}': answered,
  'linghang_gateway_fetches_total{job="linghang-gateway",subgraph="dues",outcome="failed"}': failed,
})

export const objectiveCases = [
  fires(
    'LinghangDoorErrorsFast',
    '1.5 % fail',
    { ...requests('ok', '0+985x90'), ...requests('degraded', '0+15x90') },
    {
      ...{ at: 3, value: '1.5%' },
    },
  ),
  silent(
    'LinghangDoorErrorsFast',
    '1.4 % fail',
    { ...requests('ok', '0+986x90'), ...requests('failed', '0+14x90') },
    90,
  ),
  silent(
    'LinghangDoorErrorsFast',
    'it was, and is no more',
    { ...requests('ok', '0+100x90'), ...requests('failed', '0 0 90x88') },
    3,
  ),
  silent(
    'LinghangDoorErrorsFast',
    'a handful at night',
    { ...requests('ok', '0x90'), ...requests('failed', '0 1 2 3 4x86') },
    90,
  ),
  silent(
    'LinghangDoorErrorsFast',
    'what is wrong is the caller’s',
    { ...requests('refused', '0+90x90'), ...requests('partial', '0+9x90') },
    90,
  ),
  fires(
    'LinghangDoorErrorsSlow',
    '0.7 % fail',
    { ...requests('ok', '0+993x90'), ...requests('failed', '0+7x90') },
    {
      ...{ at: 16.5, value: '0.7%' },
    },
  ),
  silent(
    'LinghangDoorErrorsSlow',
    '0.6 % fail',
    { ...requests('ok', '0+994x90'), ...requests('failed', '0+6x90') },
    90,
  ),

  fires('LinghangDoorSlow', '15 % are slow', door('0+85x90', '0+100x90'), { at: 3, value: '15%' }),
  silent('LinghangDoorSlow', '14 % are slow', door('0+86x90', '0+100x90'), 90),

  fires('LinghangSubgraphFails', 'six of a hundred', fetches('0+94x30', '0+6x30'), {
    ...{ at: 6, of: { subgraph: 'dues' }, value: '6%' },
  }),
  silent('LinghangSubgraphFails', 'five of a hundred', fetches('0+95x30', '0+5x30'), 30),
  silent('LinghangSubgraphFails', 'three fetches and no other', fetches('0x30', '0 0 2x30'), 30),

  fires('LinghangEventsLate', '15 % are late', heard('0+85x90', '0+100x90'), { at: 3, value: '15%' }),
  silent('LinghangEventsLate', '14 % are late', heard('0+86x90', '0+100x90'), 90),

  fires('LinghangRemindersDelayed', '6 % are late', reminders('0+94x90', '0+100x90'), { at: 6, value: '6%' }),
  silent('LinghangRemindersDelayed', '5 % are late', reminders('0+95x90', '0+100x90'), 90),

  fires('LinghangImportsSlow', '31 % are slow', imports('0+69x90', '0+100x90'), { at: 6, value: '31%' }),
  silent('LinghangImportsSlow', '30 % are slow', imports('0+70x90', '0+100x90'), 90),
]
