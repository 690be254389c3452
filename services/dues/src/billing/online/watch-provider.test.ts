import { describe, expect, test } from '@jest/globals'
import { type PaymentProvider, ProviderFault } from './payment-provider.ts'
import { watched } from './watch-provider.ts'

const providerOf = (tradeOf: PaymentProvider['tradeOf']) => ({ merchantId: 'm', tradeOf }) as PaymentProvider

describe('S3-21 what is asked of the provider is told by how it ends', () => {
  test.each([
    ['ok', async () => null],
    ['unreachable', () => Promise.reject(new ProviderFault('UNREACHABLE', 'HTTP_502'))],
    ['later', () => Promise.reject(new ProviderFault('LATER', 'NO_STATEMENT'))],
    ['refused', () => Promise.reject(new ProviderFault('REFUSED', 'SIGN_ERROR'))],
    ['untrusted', () => Promise.reject(new ProviderFault('UNTRUSTED', 'SIGNATURE_WRONG'))],
    ['unreachable', () => Promise.reject(new Error('socket'))],
  ])('S3-21 %s', async (outcome, answer) => {
    const told: string[] = []
    const provider = watched(providerOf(answer), { asked: (operation, how) => told.push(`${operation} ${how}`) })
    await provider.tradeOf('1').catch(() => null)
    expect(told).toEqual([`tradeOf ${outcome}`])
    expect(provider.merchantId).toBe('m')
  })
})
