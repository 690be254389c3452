import { defineErrors } from '@linghang/subgraph/errors'

/** What a party group is refused for. */
export const { fail, table } = defineErrors({
  GROUPS_ARE_OF_BRANCHES: {
    zh: '{found} 不设党小组：党小组由党支部设立（{article}，{source}）',
    en: 'A {found} has no party groups: branches have ({article}, {source})',
  },
  GROUP_MEMBER_NOT_OF_BRANCH: {
    zh: '党小组成员应是本支部党员：{memberId} 不是（{article}，{source}）',
    en: 'A party group is of members of the branch: {memberId} is none ({article}, {source})',
  },
  GROUP_MEMBER_IN_ANOTHER: {
    zh: '{memberId} 已编入党小组 {found}：一名党员只编入一个党小组',
    en: '{memberId} belongs to the group {found}: nobody belongs to two',
  },
  GROUP_LEADER_NOT_OF_GROUP: {
    zh: '党小组组长应是本组党员：{found} 不是（{article}，{source}）',
    en: 'The leader is one of the group: {found} is not ({article}, {source})',
  },
  GROUP_NAME_TAKEN: { zh: '本支部已有党小组 {name}', en: 'The branch has a group {name} already' },
  GROUP_ENDED: { zh: '该党小组已于 {found} 撤销', en: 'This group ended on {found}' },
})
