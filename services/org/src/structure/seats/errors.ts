import { defineErrors } from '@linghang/subgraph/errors'

/** What a seat in a committee is refused for. */
export const { fail, table } = defineErrors({
  SEAT_HOLDER_NOT_FULL: {
    zh: '{on} 时该人的党员身份为 {found}，应为正式党员：预备党员没有被选举权（{article}，{source}）',
    en: 'On {on} this person was {found}, wanted FULL: nobody else can be elected ({article}, {source})',
  },
  SEAT_HOLDER_SUSPENDED: {
    zh: '该党员自 {found} 起受留党察看处分，{on} 时没有被选举权（{article}，{source}）',
    en: 'This member’s rights are suspended since {found} and were so on {on}: they cannot be elected ({article}, {source})',
  },
  SEAT_HOLDER_FROM_OUTSIDE: {
    zh: '该党员的组织关系不在本组织，产生方式 {found} 不适用：只有上级指派的书记、副书记或第一书记可以（{article}，{source}）',
    en: 'This member belongs to another organisation and cannot come in as {found}: only whom the superior appoints or sends may ({article}, {source})',
  },
  SEAT_POST_NOT_FOR_ENTRY: {
    zh: '职务 {post} 与产生方式 {found} 不符：第一书记由上级选派，其他职务经选举、增补或任命产生（{article}，{source}）',
    en: 'Post {post} does not go with {found}: a first secretary is sent by the superior, and nobody else ({article}, {source})',
  },
  SEAT_HELD_ALREADY: {
    zh: '该党员自 {since} 起已任 {found}，不能同时任 {wanted}',
    en: 'This member is {found} since {since} and cannot be {wanted} as well',
  },
  POST_TAKEN: {
    zh: '职务 {post} 自 {since} 起由 {found} 担任：请先登记其离任（{article}，{source}）',
    en: 'The post {post} is held by {found} since {since}: end that first ({article}, {source})',
  },
  POST_WITHOUT_COMMITTEE: {
    zh: '本支部有正式党员 {found} 人，不足 {wanted} 人，不设委员会：只设书记，必要时设副书记 1 人，不设 {post}（{article}，{source}）',
    en: 'The branch has {found} full members, under {wanted}, and no committee: a secretary and one deputy where needed, and no {post} ({article}, {source})',
  },
  COMMITTEE_TOO_LARGE: {
    zh: '委员会将有 {found} 人，最多 {wanted} 人（{article}，{source}）',
    en: 'The committee would have {found} people, {wanted} at most ({article}, {source})',
  },
  COMMITTEE_NOT_ELECTED: {
    zh: '临时党支部的负责人由上级指定，不能登记为 {found}（{article}，{source}）',
    en: 'Officers of a temporary branch are appointed by the superior, not {found} ({article}, {source})',
  },
  SEAT_DAY_REFUSED: {
    zh: '日期 {found} 应在 {from} 至 {until} 之间',
    en: 'The day {found} is refused: wanted {from} to {until}',
  },
  SEAT_ENDED_ALREADY: { zh: '该职务已于 {found} 离任', en: 'This seat ended on {found}' },
})
