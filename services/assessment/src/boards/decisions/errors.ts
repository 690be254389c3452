import { defineErrors } from '@linghang/subgraph/errors'

/** What a county's decisions on boards are refused for. */
export const { fail, table } = defineErrors({
  BOARD_AUDIENCE: {
    zh: '年度排名只在本党委范围内使用：查看范围应为“有关职务”或“本党委”',
    en: 'The year’s order is for the committee alone: it is shown to OFFICES or to OWN_COMMITTEE',
  },
  BOARD_DECIDED: {
    zh: '{from} 至 {until} 之间已经有一项同类榜单的决定在执行：请先停止，或另定日期',
    en: 'A decision on this board holds within {from} to {until} already: end that one, or choose other days',
  },
  BOARD_NOT_ON: {
    zh: '该决定已于 {found} 失效或停止，无须再停止',
    en: 'The decision has lapsed or was ended on {found}: there is nothing to end',
  },
})
