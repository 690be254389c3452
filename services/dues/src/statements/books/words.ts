import type { DuesUse } from '@linghang/rulebook'
import type { JournalReason } from '../../ledger/journals/journal.ts'
import type { BookLine } from './book.ts'

/** What uses of dues are called in documents. */
const useNames: Readonly<Record<DuesUse, string>> = {
  TRAINING: '培训党员',
  MATERIALS: '订购党员教育报刊、资料和设备',
  COMMENDATION: '表彰先进',
  HARDSHIP: '补助生活困难的党员',
  DISASTER: '补助受灾党员、修缮受损设施',
  MEETINGS: '三会一课、主题党日、换届',
  VISITS: '走访慰问',
  VENUE_REPAIR: '活动场所修缮',
  PRINTING: '印制资料',
  FLAGS: '党旗、党徽',
  BANK_FEES: '银行手续费',
  PASS_DOWN: '下拨',
}

export const useNameOf = (use: DuesUse | null): string => (use === null ? '未列明' : useNames[use])

/** Why money moved, as it is called where it comes in and where it goes out. */
const reasonNames: Readonly<Record<JournalReason, readonly [string, string]>> = {
  OPENING_BALANCE: ['期初余额', '期初余额'],
  INTEREST: ['利息收入', '利息收入'],
  RECEIVED_FROM_ABOVE: ['上级下拨', '上级下拨'],
  DUES_PAID: ['党费收入', '党费收入'],
  FLOATING_MEMBER_DUES: ['流动党员党费', '流动党员党费'],
  FISCAL_GRANT: ['财政拨款', '财政拨款'],
  LARGE_DUES_PAID: ['大额党费', '大额党费'],
  LARGE_DUES_PASSED_UP: ['上转大额党费', '上转大额党费'],
  LARGE_DUES_RECEIVED: ['下级上转的大额党费', '下级上转的大额党费'],
  CASH_DEPOSITED: ['现金缴存', '现金缴存'],
  SET_ASIDE: ['划入专项', '划出至专项'],
  SPENT: ['支出', '支出'],
  SPENDING_REFUNDED: ['支出退回', '支出退回'],
  PROVIDER_SETTLED: ['支付机构到账', '支付机构到账'],
  PASSED_DOWN: ['上级下拨', '下拨'],
  PASSED_UP: ['下级上缴', '上缴'],
  HANDED_OVER: ['撤并划入', '撤并划出'],
  REVERSED: ['冲销', '冲销'],
}
export const reasonNameOf = (reason: JournalReason, side: 'IN' | 'OUT'): string =>
  reasonNames[reason][side === 'IN' ? 0 : 1]

/** What an entry is told as (摘要): from where or what for, then in the words of whoever wrote it. */
export function wordsOf(line: Pick<BookLine, 'reason' | 'takesBack' | 'use' | 'note' | 'purpose' | 'payee' | 'inFen'>) {
  const { reason, takesBack, use, note, purpose, payee, inFen } = line
  const name = use === null || inFen !== 0n ? reasonNameOf(reason, inFen !== 0n ? 'IN' : 'OUT') : useNames[use]
  const said = takesBack ? note : purpose === null ? note : `${purpose}（${payee ?? ''}）`
  return `${takesBack ? '冲销：' : ''}${name}${said === '' ? '' : `：${said}`}`
}

const bankNames: Readonly<Record<string, string>> = {
  ...{ ICBC: '中国工商银行', ABC: '中国农业银行', BOC: '中国银行' },
  ...{ CCB: '中国建设银行', BOCOM: '交通银行', PSBC: '中国邮政储蓄银行' },
}
export const bankNameOf = (bank: string): string => bankNames[bank] ?? bank
