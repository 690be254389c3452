import { defineErrors } from '@linghang/subgraph/errors'

/** What a county's own words are refused for. */
export const { fail, table } = defineErrors({
  LIBRARY_DATE_TAKEN: {
    zh: '《{title}》自 {found} 起施行的文本已经有了；请另定施行日期',
    en: 'There is a text of {title} from {found} on: choose another day',
  },
  LIBRARY_TOO_LONG: {
    zh: '{what} 为 {found}，最多 {wanted}',
    en: '{what} is {found}, at most {wanted}',
  },
})
