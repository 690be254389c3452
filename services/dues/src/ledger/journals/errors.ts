import { defineErrors } from '@linghang/subgraph/errors'

const purposes = {
  ...{ TRAINING: '培训党员', MATERIALS: '订阅报刊、购买资料和设备', COMMENDATION: '表彰先进' },
  ...{ HARDSHIP: '补助困难党员', DISASTER: '救灾', TO_CENTRE: '上缴中央', '-': '其他' },
}

/** What posting to the ledger is refused for. */
export const { fail, table } = defineErrors(
  {
    NO_DUES_ACCOUNT: {
      zh: '{code} 及其上级还没有开立党费账户',
      en: 'Neither {code} nor anybody above has a dues account yet',
    },
    MONEY_NOT_THERE: {
      zh: '账户可用余额不足：可用 {available} 分（另有预留 {held} 分），需要 {found} 分',
      en: 'There is not so much on the account: {available} fen are available, {held} are held besides, {found} are wanted',
    },
    FUND_FOR_ANOTHER_PURPOSE: {
      zh: '专款专用（党费规定第二十一条）：该专项只能用于{wanted}，不能用于{found}',
      en: 'Earmarked stays earmarked (art. 21): the fund is for {wanted}, not for {found}',
    },
    LEDGER_DAY_REFUSED: {
      zh: '记账日期 {found} 应在 {from} 至 {until} 之间（不早于开户和已结账月份之后，不晚于今天）',
      en: 'It would count for {found}: wanted {from} to {until}, not before the account or within a closed month, not after today',
    },
    MONTH_NOT_TO_CLOSE: {
      zh: '{found} 现在不能结账：应为 {wantedZh}',
      en: '{found} cannot be closed now: wanted {wanted}',
    },
    JOURNAL_REVERSED_ALREADY: {
      zh: '这笔账已经冲销',
      en: 'This journal has been reversed already',
    },
    JOURNAL_HAS_OWN_WAY: {
      zh: '这笔账由党费收交、上缴或支出产生，请在原记录上撤销或冲销（如撤销党费登记、退回大额党费、冲销支出），不能直接冲销',
      en: 'This journal was posted for a payment, a step of one, or for spending: take that back, and the journal follows',
    },
    REVERSAL_NOT_REVERSED: {
      zh: '冲销分录不能再冲销；请重新记一笔',
      en: 'A reversal is not reversed: post what is right anew',
    },
  },
  purposes,
)
