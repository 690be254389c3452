import { defineErrors } from '@linghang/subgraph/errors'
import { table as ofBooks } from '../books/errors.ts'

/** What publishing a year's dues is refused for. */
export const { fail, table } = defineErrors(
  {
    DUES_PUBLISHED_ALREADY: {
      zh: '{year} 年党费已公布（第 {edition} 版）；有误的，指明该版并说明理由另出一版',
      en: 'The dues of {year} have been published, edition {edition}: what is wrong in it is a new edition that names it and says why',
    },
    PUBLICATION_NOT_LATEST: {
      zh: '只能更正最新一版：{year} 年最新为第 {edition} 版',
      en: 'Only the latest edition is corrected: that of {year} is edition {edition}',
    },
    PUBLICATION_POLICY_DATE_TAKEN: {
      zh: '自 {found} 起的公示办法已经定了，不能更改；请另定生效日期',
      en: 'How dues are published from {found} on has been set, and is not changed: choose another day',
    },
    PUBLICATION_TOO_MANY_MEMBERS: {
      zh: '逐人公布最多 {limit} 人',
      en: 'Members are named up to {limit}',
    },
  },
  {},
  ofBooks,
)
