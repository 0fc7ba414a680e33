/*
 * Copyright 2026 The Frameflow Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */

/**
 * Avro's single-object encoding: C3 01, the schema's CRC-64-AVRO fingerprint in little-endian
 * order, the record in Avro's binary encoding.
 * https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding
 */
import { readFileSync } from 'node:fs';
import avro from 'avsc';

const MARKER = Buffer.from([0xc3, 0x01]);
const HEADER_BYTES = 10;
const EMPTY = 0xc15d213aa4d7a795n;

const TABLE = Array.from({ length: 256 }, (_, index) => {
  let fingerprint = BigInt(index);
  for (let bit = 0; bit < 8; bit++) {
    fingerprint = (fingerprint >> 1n) ^ (EMPTY & -(fingerprint & 1n));
  }
  return BigInt.asUintN(64, fingerprint);
});

/** The CRC-64-AVRO fingerprint of some bytes, as an unsigned BigInt. */
export function crc64Avro(bytes) {
  let fingerprint = EMPTY;
  for (const byte of bytes) {
    fingerprint = (fingerprint >> 8n) ^ TABLE[Number((fingerprint ^ BigInt(byte)) & 0xffn)];
  }
  return fingerprint;
}

/** Writes and reads one kind of record. */
export class RecordCodec {
  #type;
  #header;

  /** @param schemaFile path of an .avsc file */
  constructor(schemaFile) {
    this.#type = avro.Type.forSchema(JSON.parse(readFileSync(schemaFile, 'utf8')));
    this.#header = Buffer.alloc(HEADER_BYTES);
    MARKER.copy(this.#header);
    // avsc's schema() is the parsing canonical form, of which Avro takes the fingerprint.
    const canonicalForm = Buffer.from(JSON.stringify(this.#type.schema()), 'utf8');
    this.#header.writeBigUInt64LE(crc64Avro(canonicalForm), MARKER.length);
  }

  encode(record) {
    return Buffer.concat([this.#header, this.#type.toBuffer(record)]);
  }

  /** @throws Error if the bytes were written with another schema or are damaged */
  decode(bytes) {
    const header = bytes.subarray(0, HEADER_BYTES);
    if (!header.equals(this.#header)) {
      throw new Error(
        `the record begins with ${header.toString('hex')}, expected ` +
          `${this.#header.toString('hex')}: another schema, or no single-object encoding`,
      );
    }
    return this.#type.fromBuffer(bytes.subarray(HEADER_BYTES));
  }
}
