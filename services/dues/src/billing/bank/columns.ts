import type { Column } from '@linghang/rosters'

const money = (names: readonly string[]) => names.flatMap(name => [name, `${name}(元)`, `${name}(人民币)`])

/** What banks call their columns; a statement has debit and credit, or one sum with a sign or with a word for the direction. */
export const statementColumns = [
  {
    key: 'bookedOn',
    header: '交易日期',
    synonyms: ['交易时间', '记账日期', '记帐日期', '入账日期', '会计日期', '日期', '交易日'],
    required: true,
  },
  {
    key: 'credit',
    header: '贷方发生额',
    synonyms: money(['贷方金额', '收入金额', '收入', '贷方', '转入金额', '存入金额', '贷方发生额']),
  },
  {
    key: 'debit',
    header: '借方发生额',
    synonyms: money(['借方金额', '支出金额', '支出', '借方', '转出金额', '支取金额', '借方发生额']),
  },
  { key: 'amount', header: '交易金额', synonyms: money(['发生额', '金额', '交易金额', '收支金额']) },
  {
    key: 'direction',
    header: '借贷标志',
    synonyms: ['借贷', '借/贷', '收支', '收/支', '借贷方向', '收支标志', '借贷标识'],
  },
  { key: 'balance', header: '余额', synonyms: money(['账户余额', '当前余额', '联机余额', '余额']) },
  {
    key: 'other',
    header: '对方户名',
    synonyms: ['对方名称', '对方账户名称', '对方单位名称', '对手户名', '对方账户名', '对方单位'],
  },
  { key: 'otherNumber', header: '对方账号', synonyms: ['对方帐号', '对方账户', '对手账号', '对方卡号/账号'] },
  { key: 'summary', header: '摘要', synonyms: ['交易摘要', '摘要说明'] },
  { key: 'purpose', header: '用途', synonyms: ['交易用途', '附言', '交易附言'] },
  { key: 'remark', header: '备注', synonyms: ['说明'] },
  { key: 'serial', header: '交易流水号', synonyms: ['流水号', '核心流水号', '交易序号', '账户明细编号-交易流水号'] },
] as const satisfies readonly Column[]

export type StatementKey = (typeof statementColumns)[number]['key']
