import { maskIdNumber, maskPhone } from '@linghang/rosters'
import type { CountySeal } from '@linghang/sealing'
import type { SealedNumbers } from './store.ts'

/** The numbers of a person as they are kept. */
export function sealNumbers(seal: CountySeal, numbers: { idNumber: string; phone: string | null }): SealedNumbers {
  const bytes = (buffer: Buffer) => new Uint8Array(buffer)
  return {
    idNumberSealed: bytes(seal.seal(numbers.idNumber, 'id-number')),
    idNumberHash: bytes(seal.fingerprint(numbers.idNumber, 'id-number')),
    idNumberMasked: maskIdNumber(numbers.idNumber),
    phoneSealed: numbers.phone === null ? null : bytes(seal.seal(numbers.phone, 'phone')),
    phoneHash: numbers.phone === null ? null : bytes(seal.fingerprint(numbers.phone, 'phone')),
    phoneMasked: numbers.phone === null ? null : maskPhone(numbers.phone),
  }
}
