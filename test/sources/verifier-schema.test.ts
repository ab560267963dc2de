import { describe, expect, it } from 'vitest';
import { verifierSchema } from '../../src/sources/declared/verifier-schema.ts';
import { sourceTypes } from './sample-hooks.ts';

const hmac = {
  scheme: 'hmac',
  headers: ['x-sig'],
  algorithm: 'sha256',
  encoding: 'hex',
  prefix: '',
  signed: '{body}',
  key: 'utf8',
};
const inHeader = { headers: ['X-Time'] };

describe('a declared verifier', () => {
  it.each<[object, object]>([
    [{ scheme: 'hmac', headers: ['X-Sig'] }, hmac],
    [
      { scheme: 'hmac', headers: ['X-Sig'], timestamp: inHeader },
      { ...hmac, signed: '{timestamp}.{body}', timestamp: { headers: ['x-time'], toleranceMs: 300_000 } },
    ],
    [
      { scheme: 'hmac', headers: ['X-Sig'], timestamp: { bodyPath: 'sent.at', unit: 'ms', tolerance: '90s' } },
      { ...hmac, timestamp: { bodyPath: 'sent.at', unit: 'ms', toleranceMs: 90_000 } },
    ],
    [
      {
        ...{ scheme: 'hmac', headers: ['X-Sig'], separator: ',', prefix: 'v1=', key: 'base64' },
        ...{ timestamp: { field: 't', unit: 's', toleranceMs: 60_000 }, signed: '{method}{url}{timestamp}{id}{body}' },
        ...{ idHeaders: ['X-Id'], algorithm: 'sha512', encoding: 'base64' },
      },
      {
        ...{ ...hmac, separator: ',', prefix: 'v1=', key: 'base64', algorithm: 'sha512', encoding: 'base64' },
        ...{ timestamp: { field: 't', unit: 's', toleranceMs: 60_000 }, signed: '{method}{url}{timestamp}{id}{body}' },
        idHeaders: ['x-id'],
      },
    ],
    [
      { scheme: 'ecdsa', headers: ['X-Sig'], timestamp: { ...inHeader, tolerance: '1m' } },
      {
        ...{ scheme: 'ecdsa', headers: ['x-sig'], signed: '{timestamp}{body}' },
        timestamp: { headers: ['x-time'], toleranceMs: 60_000 },
      },
    ],
    [
      { scheme: 'anyOf', of: [{ scheme: 'token', header: 'X-Token' }, { scheme: 'urlToken' }] },
      { scheme: 'anyOf', of: [{ scheme: 'token', header: 'x-token' }, { scheme: 'urlToken' }] },
    ],
  ])('%j', (written, verifier) => {
    expect(verifierSchema.parse(written)).toEqual(verifier);
  });

  it.each([
    { scheme: 'bodyToken', path: 'auth.token' },
    { scheme: 'queryToken', name: 'access_token' },
    { scheme: 'bearer' },
    { scheme: 'basic', user: 'mona' },
    { scheme: 'urlToken' },
    { scheme: 'clientCertificate', subject: 'CN=hooks.example.com' },
    { scheme: 'none' },
  ])('%j is as it is written', (written) => {
    expect(verifierSchema.parse(written)).toEqual(written);
  });

  it('has the form in which the types that come with Bellhop are written', () => {
    const asData = [...sourceTypes.values()].filter(({ verifier }) => verifier.scheme !== 'custom');
    expect(asData.length).toBeGreaterThan(30);
    for (const { type, verifier } of asData) expect(verifierSchema.parse(verifier), type).toEqual(verifier);
  });
});
