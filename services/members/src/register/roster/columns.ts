import type { Column } from '@linghang/rosters'

export type MemberColumn =
  | 'name'
  | 'idNumber'
  | 'sex'
  | 'ethnicity'
  | 'birthDate'
  | 'education'
  | 'kind'
  | 'organisationCode'
  | 'appliedOn'
  | 'activistSince'
  | 'candidateSince'
  | 'joinedOn'
  | 'fullMemberSince'
  | 'post'
  | 'phone'
  | 'duesCategory'
  | 'duesBase'
  | 'floating'
  | 'lostContact'

/** The columns of members.csv. */
export const memberColumns: readonly Column<MemberColumn>[] = [
  { key: 'name', header: '姓名', synonyms: ['党员姓名'], required: true },
  {
    key: 'idNumber',
    header: '公民身份号码',
    synonyms: ['身份证号', '身份证号码', '公民身份证号码', '居民身份证号码', '身份证'],
    required: true,
    holds: 'ID_NUMBER',
  },
  { key: 'sex', header: '性别' },
  { key: 'ethnicity', header: '民族' },
  { key: 'birthDate', header: '出生日期', synonyms: ['出生年月日', '出生年月'] },
  { key: 'education', header: '学历', synonyms: ['文化程度'] },
  { key: 'kind', header: '人员类别', synonyms: ['党员类别', '类别'], required: true },
  {
    key: 'organisationCode',
    header: '所在党支部代码',
    synonyms: ['党支部代码', '所在支部代码', '支部代码', '所在党组织代码'],
    required: true,
  },
  {
    key: 'appliedOn',
    header: '递交入党申请书日期',
    synonyms: ['递交入党申请书时间', '申请入党日期', '申请入党时间', '入党申请日期'],
  },
  {
    key: 'activistSince',
    header: '确定为入党积极分子日期',
    synonyms: ['确定为积极分子日期', '确定为入党积极分子时间', '列为积极分子日期'],
  },
  {
    key: 'candidateSince',
    header: '确定为发展对象日期',
    synonyms: ['确定为发展对象时间', '列为发展对象日期'],
  },
  { key: 'joinedOn', header: '加入党组织日期', synonyms: ['入党日期', '入党时间', '加入党组织时间'] },
  {
    key: 'fullMemberSince',
    header: '转为正式党员日期',
    synonyms: ['转正日期', '转正时间', '转为正式党员时间'],
  },
  { key: 'post', header: '工作岗位', synonyms: ['岗位', '从事专业技术职务', '职业'] },
  { key: 'phone', header: '手机号码', synonyms: ['手机号', '手机', '联系电话', '电话'], holds: 'PHONE' },
  { key: 'duesCategory', header: '党费人员类别', synonyms: ['党费类别', '党费缴纳类别', '党费交纳类别'] },
  {
    key: 'duesBase',
    header: '党费计算基数（元/月）',
    synonyms: ['党费计算基数', '党费基数', '党费计算基数（元）', '党费基数（元/月）'],
  },
  { key: 'floating', header: '是否流动党员', synonyms: ['流动党员', '是否流动'] },
  { key: 'lostContact', header: '是否失联党员', synonyms: ['失联党员', '是否失联'] },
]
