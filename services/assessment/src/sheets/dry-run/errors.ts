import { defineErrors } from '@linghang/subgraph'

/** What trying a pack is refused for. */
export const { fail, table } = defineErrors({
  DRY_RUN_REFUSED: {
    zh: '考核办法有 {found} 处问题，不能试算：用 checkPack 可以逐条查看',
    en: 'The pack has {found} faults and cannot be tried: checkPack lists them',
  },
  DRY_RUN_UNDER_WAY: {
    zh: '本县（市、区）正在试算另一个办法，请待其完成',
    en: 'Your county is trying another pack: wait until that is done',
  },
})
