import { describeStore } from '../contract.ts';
import { openForTest } from './open-for-test.ts';

describeStore('the SQLite store', () => openForTest());
