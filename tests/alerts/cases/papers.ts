import { fires, silent } from '../case.ts'

const job = { job: 'linghang-members' }
const room = (free: string) => ({
  'linghang_paper_store_free_bytes{job="linghang-members"}': free,
  'linghang_paper_store_size_bytes{job="linghang-members"}': '1000x60',
})
const done = (ok: string, failed: string) => ({
  'linghang_paper_store_operations_total{job="linghang-members",operation="put",outcome="ok"}': ok,
  'linghang_paper_store_operations_total{job="linghang-members",operation="put",outcome="failed"}': failed,
})

export const paperCases = [
  fires('LinghangPaperDiskNearFull', 'less than a tenth is free', room('500 99x20'), { at: 6, of: job, value: '9.9%' }),
  silent('LinghangPaperDiskNearFull', 'a tenth is free', room('100x30'), 30),
  fires('LinghangPaperStoreFails', 'all fail', done('0x30', '0 0 5x30'), { at: 3, of: job }),
  silent('LinghangPaperStoreFails', 'three within ten minutes', done('0x30', '0 3x30'), 8),
  silent('LinghangPaperStoreFails', 'some of many, whose senders went away', done('0+10x60', '0+1x60'), 60),
]
