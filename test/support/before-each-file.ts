import { keepNumbersApart } from '#runner/keep-numbers-apart';
import './compare-typed-arrays';

keepNumbersApart();
