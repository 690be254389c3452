import { defineErrors } from '@linghang/subgraph/errors'

/** What the archive of a year is refused for. */
export const { fail, table } = defineErrors({
  LIFE_ARCHIVE_TOO_LARGE: {
    zh: '{year} 年共有 {found} 次会议，一个档案最多 {wanted} 次：请按下级党组织分别导出',
    en: 'There are {found} meetings in {year}, an archive takes {wanted} at most: fetch those of the organisations below one by one',
  },
})
