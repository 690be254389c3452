import { defineErrors } from '@linghang/subgraph/errors'

/** What asking for something to be studied or done is refused for. */
export const { fail, table } = defineErrors({
  THEME_KIND_REFUSED: {
    zh: '{found} 不能布置主题；请选 {wanted}，或不选（主题党日和党课）',
    en: 'A theme is not given to a {found}; choose {wanted}, or none (theme days and classes)',
  },
  THEME_WITHDRAWN_ALREADY: { zh: '该主题已经撤回', en: 'This theme has been taken back already' },
  TOO_MANY_THEMES: {
    zh: '本组织现有 {found} 个有效主题，最多 {wanted} 个；请先撤回不再需要的，以免给基层加码',
    en: 'The organisation has {found} themes that stand, at most {wanted}: take back what is not needed any more',
  },
})
