import { fires, silent } from '../case.ts'

const asked = (outcome: string, series: string) => ({
  [`linghang_payment_requests_total{job="linghang-dues",operation="tradeOf",outcome="${outcome}"}`]: series,
})
const heard = (outcome: string, series: string) => ({
  [`linghang_payment_callbacks_total{job="linghang-dues",outcome="${outcome}"}`]: series,
})
const waits = (series: string) => ({ 'linghang_dues_mismatch_age_seconds{job="linghang-dues"}': series })
const days = (series: string) => ({ 'linghang_dues_days_unreconciled{job="linghang-dues"}': series })

export const duesCases = [
  fires(
    'LinghangPaymentProviderAway',
    'none has an answer',
    { ...asked('unreachable', '0 0 4x30'), ...asked('ok', '5x30') },
    {
      ...{ at: 4, value: '4' },
    },
  ),
  silent(
    'LinghangPaymentProviderAway',
    'some have',
    { ...asked('unreachable', '0+1x30'), ...asked('ok', '0+1x30') },
    30,
  ),
  silent('LinghangPaymentProviderAway', 'three', asked('unreachable', '0 3x30'), 9),
  fires('LinghangPaymentProviderRefuses', 'answers that are not believed', asked('untrusted', '0 0 4x30'), {
    at: 3,
    value: '4',
  }),
  fires('LinghangPaymentProviderRefuses', 'refusals', asked('refused', '0 0 4x30'), { at: 3, value: '4' }),
  silent('LinghangPaymentProviderRefuses', 'it is merely away', asked('unreachable', '0+1x30'), 30),
  fires('LinghangPaymentCallbacksRefused', 'signatures that are wrong', heard('signature_wrong', '0 0 4x30'), {
    at: 3,
    value: '4',
  }),
  silent(
    'LinghangPaymentCallbacksRefused',
    'they are taken',
    { ...heard('taken', '0+9x30'), ...heard('unknown', '0+9x30') },
    30,
  ),
  fires('LinghangReconciliationOpen', 'for more than three days', waits('259140+60x30'), {
    at: 12,
    value: '3d 0h 11m 0s',
  }),
  silent('LinghangReconciliationOpen', 'three days', waits('259200x30'), 30),
  fires('LinghangDaysUnreconciled', 'for twelve hours', days('0 2x800'), { at: 720.5, value: '2' }),
  silent('LinghangDaysUnreconciled', 'the bill of yesterday came at noon', days('0 2x120 0x800'), 800),
]
