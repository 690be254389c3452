import { fires, silent } from '../case.ts'

const of = { job: 'linghang-members', subject: 'Member' }
const still = (series: string) => ({
  'linghang_import_silent_seconds{job="linghang-members",subject="Member"}': series,
})
const stumbled = (series: string) => ({
  'linghang_imports_total{job="linghang-members",subject="Member",outcome="stumbled"}': series,
})

export const importCases = [
  fires('LinghangImportStuck', 'for more than a quarter of an hour', still('0 901x20'), { at: 6, of, value: '15m 1s' }),
  silent('LinghangImportStuck', 'a quarter of an hour', still('900x20'), 20),
  fires('LinghangImportsStumble', 'six times', stumbled('0 0 6x20'), { at: 3, of, value: '6' }),
  silent('LinghangImportsStumble', 'four within the time', stumbled('0+0.25x60'), 60),
  silent('LinghangImportsStumble', 'all that is done', { 'linghang_imports_total{outcome="committed"}': '0+9x30' }, 30),
]
