import { moveVariables } from '#engine/optimization/moving-asymptotes';
// minimize sum of 1/x  style: maximize sum c_j x_j s.t. sum x/n <= .4
const n = 20;
const x0 = Float64Array.from({length:n},(_, j)=>0.5+0.02*j);
let state: any = { variables: x0 };
for (let it=0; it<15; it++) {
  const x: Float64Array = state.variables;
  const f = x.reduce((s,v,j)=>s+(1+j)/ (0.1+v),0); const g = x.map((v,j)=>-(1+j)/(0.1+v)**2);
  const vol = x.reduce((s,v)=>s+v,0)/n-0.4;
  state = moveVariables(state,{objectives:[{value:f,gradient:g}],constraints:[{value:vol,gradient:new Float64Array(n).fill(1/n)},{value:-vol-0.02,gradient:new Float64Array(n).fill(-1/n)}]},{move:0.2});
  console.log(it,f,vol,Array.from(state.variables.slice(0,3)));
}
