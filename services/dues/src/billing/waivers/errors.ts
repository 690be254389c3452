import { defineErrors } from '@linghang/subgraph/errors'

/** What waiving dues is refused for. */
export const { fail, table } = defineErrors({
  DUES_NOT_OWED: {
    zh: '这名同志不交纳党费，没有可以减免的',
    en: 'They owe no dues: there is nothing to waive',
  },
  DUES_WAIVED_ALREADY: {
    zh: '这几个月里已有减免或正在申请的减免',
    en: 'Of these months some are waived already, or asked for',
  },
  DUES_WAIVER_DECIDED: { zh: '这项减免已经审批', en: 'This waiver is decided already' },
  DUES_WAIVER_NOT_IN_FORCE: { zh: '只能提前结束已批准的减免', en: 'Only a waiver that was approved ends earlier' },
  DUES_WAIVER_ONES_OWN: {
    zh: '不能审批本人的减免，也不能审批自己提出的申请',
    en: 'Nobody decides on their own waiver, nor on one for which they have asked themselves',
  },
})
