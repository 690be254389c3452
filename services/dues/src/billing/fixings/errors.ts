import { defineErrors } from '@linghang/subgraph/errors'

/** What the yearly fixing of dues is refused for. */
export const { fail, table } = defineErrors({
  DUES_YEAR_NOT_TO_FIX: {
    zh: '现在不能核定 {found} 年的党费，可以核定的是 {wanted}',
    en: 'The dues of {found} are not to be fixed now: those of {wanted} are',
  },
})
